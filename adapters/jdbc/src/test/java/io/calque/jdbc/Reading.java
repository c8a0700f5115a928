package io.calque.jdbc;

import io.calque.spi.TableName;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole results as lists of rows. */
public final class Reading {
    public static final ReadOptions OPTIONS = new ReadOptions("test", 7, Duration.ofSeconds(30));

    private Reading() {}

    public static TableDescriptor table(Source source, String schema, String name) {
        return source.introspector().observe(Progress.SILENT).tables().stream()
                .filter(t -> t.name().equals(new TableName(source.id(), schema, name)))
                .findFirst()
                .orElseThrow();
    }

    public static List<List<Object>> rows(Source source, NativeQuery query, Object... values) {
        try (ReadSession session = source.begin(OPTIONS.expecting(ReadOptions.Reads.ONE));
                RowCursor cursor = session.read(query, new Bindings(List.of(values)))) {
            return rows(cursor);
        }
    }

    public static List<List<Object>> rows(RowCursor cursor) {
        List<List<Object>> rows = new ArrayList<>();
        for (Optional<ColumnBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
            for (int row = 0; row < batch.get().rows(); row++) {
                List<Object> values = new ArrayList<>();
                for (ColumnVector column : batch.get().columns()) {
                    values.add(column.get(row));
                }
                rows.add(values);
            }
        }
        return rows;
    }
}
