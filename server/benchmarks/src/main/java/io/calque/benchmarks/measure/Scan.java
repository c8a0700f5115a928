package io.calque.benchmarks.measure;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Projections;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** One way to read some rows whole. */
@FunctionalInterface
public interface Scan {
    /** Reads all rows and every value in them. */
    Figures read() throws SQLException;

    /**
     * What was read.
     *
     * @param checksum the same for the same values in whatever order of rows
     */
    record Figures(long rows, long checksum) {}

    /** Adds up rows; a day counts as days since 1970, a number in hundredths. */
    final class Sum {
        private long rows;
        private long checksum;
        private long row;

        void add(long value) {
            row = row * 31 + value;
        }

        void add(@Nullable Object value) {
            if (value instanceof Long || value instanceof Integer) {
                add(((Number) value).longValue());
            } else if (value instanceof Date date) {
                add(date.toLocalDate().toEpochDay());
            } else if (value instanceof java.util.Date instant) {
                add(Math.floorDiv(instant.getTime(), 86_400_000L));
            } else if (value instanceof Decimal128 number) {
                add(Math.round(number.bigDecimalValue().doubleValue() * 100));
            } else if (value instanceof BigDecimal || value instanceof Double) {
                add(Math.round(((Number) value).doubleValue() * 100));
            } else {
                add(String.valueOf(value).hashCode());
            }
        }

        void endRow() {
            rows++;
            checksum += row;
            row = 0;
        }

        Figures figures() {
            return new Figures(rows, checksum);
        }
    }

    /** Through a JDBC driver, with this many rows a round trip. */
    static Scan jdbc(Connection connection, String sql, int fetchSize) {
        return () -> {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(fetchSize);
                Sum sum = new Sum();
                try (ResultSet rows = statement.executeQuery(sql)) {
                    int width = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int column = 1; column <= width; column++) {
                            sum.add(rows.getObject(column));
                        }
                        sum.endRow();
                    }
                }
                return sum.figures();
            }
        };
    }

    /** Through MongoDB's driver, with this many documents a round trip. */
    static Scan mongo(MongoCollection<Document> collection, List<String> fields, int batchSize) {
        return () -> {
            Sum sum = new Sum();
            try (MongoCursor<Document> cursor = collection
                    .find()
                    .projection(Projections.include(fields))
                    .batchSize(batchSize)
                    .cursor()) {
                while (cursor.hasNext()) {
                    Document document = cursor.next();
                    fields.forEach(field -> sum.add(document.get(field)));
                    sum.endRow();
                }
            }
            return sum.figures();
        };
    }

    /** Through the engine in this process, batch by batch. */
    static Scan engine(Session session, String sql) {
        return () -> {
            Sum sum = new Sum();
            try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
                for (Optional<ColumnBatch> next = run.next(); next.isPresent(); next = run.next()) {
                    List<ColumnVector> columns = next.get().columns();
                    for (int row = 0; row < next.get().rows(); row++) {
                        for (ColumnVector column : columns) {
                            sum.add(column.get(row));
                        }
                        sum.endRow();
                    }
                }
            }
            return sum.figures();
        };
    }
}
