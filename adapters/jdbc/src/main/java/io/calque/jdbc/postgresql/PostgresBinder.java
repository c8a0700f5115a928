package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Calendar;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Gives each slot its value with its type, so that PostgreSQL need not guess. */
final class PostgresBinder {
    private PostgresBinder() {}

    static void bind(PreparedStatement statement, SqlQuery query, Bindings bindings) throws SQLException {
        int index = 0;
        for (ParameterSlot slot : query.slots()) {
            index++;
            if (slot.isKeys()) {
                bindKeys(statement, index, slot.type(), bindings.keys(slot));
                continue;
            }
            Object value = bindings.value(slot);
            if (value == null) {
                statement.setNull(index, sqlType(slot.type()));
            } else {
                bind(statement, index, slot.type(), value);
            }
        }
    }

    private static void bind(PreparedStatement statement, int index, DataType type, Object value) throws SQLException {
        switch (type.kind()) {
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case SMALLINT -> statement.setShort(index, ((Number) value).shortValue());
            case INTEGER -> statement.setInt(index, ((Number) value).intValue());
            case BIGINT -> statement.setLong(index, ((Number) value).longValue());
            case REAL, DOUBLE -> statement.setDouble(index, ((Number) value).doubleValue());
            case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
            case VARCHAR -> statement.setString(index, (String) value);
            case VARBINARY -> statement.setBytes(index, (byte[]) value);
            case DATE -> statement.setObject(index, LocalDate.ofEpochDay(((Number) value).longValue()));
            case TIME -> statement.setObject(index, Calendar.time(((Number) value).longValue()));
            case TIMESTAMP -> statement.setObject(index, Calendar.wallClock(((Number) value).longValue()));
            case TIMESTAMP_TZ ->
                statement.setObject(
                        index, Calendar.wallClock(((Number) value).longValue()).atOffset(ZoneOffset.UTC));
            case ARRAY -> throw noArrays();
        }
    }

    private static void bindKeys(PreparedStatement statement, int index, DataType type, List<Object> keys)
            throws SQLException {
        statement.setArray(index, array(statement.getConnection(), type, keys));
    }

    /** An array of the column's own type, so that its index serves. */
    static Array array(Connection connection, DataType type, List<Object> keys) throws SQLException {
        Object[] elements = new Object[keys.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element(type, keys.get(i));
        }
        return connection.createArrayOf(arrayElement(type), elements);
    }

    private static Object element(DataType type, Object key) {
        return switch (type.kind()) {
            case SMALLINT -> ((Number) key).shortValue();
            case INTEGER -> ((Number) key).intValue();
            case BIGINT -> ((Number) key).longValue();
            case DATE -> LocalDate.ofEpochDay(((Number) key).longValue()).toString();
            default -> key;
        };
    }

    /** What such an array is an array of. */
    static String arrayElement(DataType type) {
        return switch (type.kind()) {
            case SMALLINT -> "int2";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case DECIMAL -> "numeric";
            case VARCHAR -> "text";
            case DATE -> "date";
            default -> throw new IllegalArgumentException("keys of type " + type + " are not sent");
        };
    }

    private static int sqlType(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Types.BOOLEAN;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case REAL, DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.NUMERIC;
            case VARCHAR -> Types.VARCHAR;
            case VARBINARY -> Types.BINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case TIMESTAMP_TZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case ARRAY -> throw noArrays();
        };
    }

    private static QueryException noArrays() {
        return new QueryException(ErrorCode.NOT_SUPPORTED, "A parameter cannot be an array");
    }
}
