package io.calque.engine.session;

import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows that are there already: what SHOW and EXPLAIN return. Single-threaded. */
final class RowsRun implements QueryRun {
    private final String queryId;
    private final List<ResultColumn> columns;
    private Optional<ColumnBatch> batch;

    /**
     * @param rows values in the conventions of {@link io.calque.spi.batch.ColumnVector#get}
     */
    RowsRun(
            String queryId,
            List<ResultColumn> columns,
            List<? extends List<? extends @Nullable Object>> rows,
            long maxRows) {
        this.queryId = queryId;
        this.columns = List.copyOf(columns);
        List<ColumnBuilder> builders = new ArrayList<>();
        columns.forEach(column -> builders.add(new ColumnBuilder(column.type(), rows.size())));
        int count = maxRows > 0 ? (int) Math.min(maxRows, rows.size()) : rows.size();
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < builders.size(); i++) {
                builders.get(i).append(rows.get(row).get(i));
            }
        }
        batch = count == 0
                ? Optional.empty()
                : Optional.of(new ColumnBatch(
                        count, builders.stream().map(ColumnBuilder::build).toList()));
    }

    static ResultColumn textColumn(String label) {
        return new ResultColumn(label, DataType.VARCHAR, true, Optional.empty(), Optional.empty());
    }

    @Override
    public String queryId() {
        return queryId;
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public Optional<ColumnBatch> next() {
        Optional<ColumnBatch> rest = batch;
        batch = Optional.empty();
        return rest;
    }

    @Override
    public List<QueryWarning> warnings() {
        return List.of();
    }

    @Override
    public void cancel() {
        batch = Optional.empty();
    }

    @Override
    public void close() {
        batch = Optional.empty();
    }
}
