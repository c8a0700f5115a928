package io.calque.benchmarks.fuzz;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows misread. Stateless. */
interface RowFault extends Fault {
    /** Some rows as somebody careless reads them. */
    List<List<@Nullable Object>> misread(List<DataType> types, List<List<@Nullable Object>> rows);

    /** One value misread; a fault of the decoder. */
    interface OfValue {
        @Nullable Object misread(DataType type, Object value);
    }

    /** Every value that is not NULL is misread. */
    static RowFault value(OfValue fault) {
        return (types, rows) -> rows.stream()
                .map(row -> {
                    List<@Nullable Object> changed = new ArrayList<>();
                    for (int i = 0; i < row.size(); i++) {
                        Object value = row.get(i);
                        changed.add(value == null ? null : fault.misread(types.get(i), value));
                    }
                    return changed;
                })
                .toList();
    }

    @Override
    default ReadSession reading(ReadSession session) {
        return new ReadSession() {
            @Override
            public RowCursor read(NativeQuery query, Bindings bindings) {
                return misreading(query, session.read(query, bindings));
            }

            @Override
            public Consistency consistency() {
                return session.consistency();
            }

            @Override
            public void cancel() {
                session.cancel();
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    private RowCursor misreading(NativeQuery query, RowCursor cursor) {
        List<DataType> types = query.columns().stream().map(c -> c.type()).toList();
        return new RowCursor() {
            @Override
            public Optional<ColumnBatch> next() {
                return cursor.next().map(batch -> batch(types, misread(types, rows(batch))));
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    private static List<List<@Nullable Object>> rows(ColumnBatch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < batch.rows(); i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (ColumnVector column : batch.columns()) {
                row.add(column.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static ColumnBatch batch(List<DataType> types, List<List<@Nullable Object>> rows) {
        List<ColumnVector> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            ColumnBuilder builder = new ColumnBuilder(types.get(i), rows.size());
            for (List<@Nullable Object> row : rows) {
                builder.append(row.get(i));
            }
            columns.add(builder.build());
        }
        return new ColumnBatch(rows.size(), columns);
    }
}
