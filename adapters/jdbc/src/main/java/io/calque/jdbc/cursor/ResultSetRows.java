package io.calque.jdbc.cursor;

import io.calque.spi.batch.ColumnBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows by way of JDBC's result set, a decoder for each column. Single-threaded. */
public final class ResultSetRows implements DriverRows {
    private final ResultSet rows;
    private final ColumnDecoder[] decoders;

    public ResultSetRows(ResultSet rows, List<ColumnDecoder> decoders) {
        this.rows = rows;
        this.decoders = decoders.toArray(ColumnDecoder[]::new);
    }

    @Override
    public void expect(int more) throws SQLException {
        rows.setFetchSize(more);
    }

    @Override
    public boolean next(ColumnBuilder[] out) throws SQLException {
        if (!rows.next()) {
            return false;
        }
        for (int column = 0; column < decoders.length; column++) {
            decoders[column].append(rows, column + 1, out[column]);
        }
        return true;
    }
}
