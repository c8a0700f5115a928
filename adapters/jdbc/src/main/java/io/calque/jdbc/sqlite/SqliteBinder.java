package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Calendar;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;

/** Gives each slot its value in the storage class that SQLite keeps such values in. */
final class SqliteBinder {
    private SqliteBinder() {}

    static void bind(PreparedStatement statement, SqlQuery query, Bindings bindings) throws SQLException {
        int index = 0;
        for (ParameterSlot slot : query.slots()) {
            index++;
            if (slot.isKeys()) {
                statement.setString(index, SqliteKeyArray.json(bindings.keys(slot)));
                continue;
            }
            Object value = bindings.value(slot);
            if (value == null) {
                statement.setNull(index, Types.NULL);
                continue;
            }
            switch (slot.type().kind()) {
                case BOOLEAN -> statement.setInt(index, (Boolean) value ? 1 : 0);
                case SMALLINT, INTEGER, BIGINT -> statement.setLong(index, ((Number) value).longValue());
                case REAL, DOUBLE -> statement.setDouble(index, ((Number) value).doubleValue());
                case DECIMAL -> statement.setDouble(index, ((BigDecimal) value).doubleValue());
                case VARCHAR -> statement.setString(index, (String) value);
                case VARBINARY -> statement.setBytes(index, (byte[]) value);
                case DATE ->
                    statement.setString(
                            index,
                            LocalDate.ofEpochDay(((Number) value).longValue()).toString());
                case TIME -> statement.setString(index, SqliteTimes.text(Calendar.time(((Number) value).longValue())));
                case TIMESTAMP, TIMESTAMP_TZ ->
                    statement.setString(index, SqliteTimes.text(Calendar.wallClock(((Number) value).longValue())));
                case ARRAY -> throw new QueryException(ErrorCode.NOT_SUPPORTED, "A parameter cannot be an array");
            }
        }
    }
}
