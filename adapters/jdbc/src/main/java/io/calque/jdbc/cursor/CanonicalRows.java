package io.calque.jdbc.cursor;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.source.Budget;
import io.calque.spi.source.ValueScan;
import io.calque.spi.source.ValueScan.Coverage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands rows of texts to a sink in canonical spelling, within a budget. Single-threaded. */
public final class CanonicalRows {
    private final List<ColumnDescriptor> columns;
    private final Budget budget;
    private final long end;
    private long rows;

    /** Time runs from here. */
    public CanonicalRows(List<ColumnDescriptor> columns, Budget budget) {
        this.columns = List.copyOf(columns);
        this.budget = budget;
        this.end = System.nanoTime() + budget.time().toNanos();
    }

    /**
     * @param results each column's value as text, in order
     * @return whether all rows were handed out
     */
    public boolean handOut(ResultSet results, ValueScan.Sink sink) throws SQLException {
        @Nullable String[] values = new @Nullable String[columns.size()];
        while (results.next()) {
            if (rows >= budget.rows() || System.nanoTime() - end > 0) {
                return false;
            }
            for (int i = 0; i < values.length; i++) {
                ColumnDescriptor column = columns.get(i);
                values[i] = CanonicalText.of(results.getString(i + 1), column.type(), Form.of(column));
            }
            rows++;
            sink.row(values);
        }
        return true;
    }

    public ValueScan scan(boolean all) {
        return new ValueScan(rows, all ? Coverage.COMPLETE : Coverage.PARTIAL);
    }

    /** The named columns of a table, in that order. */
    public static List<ColumnDescriptor> columns(List<ColumnDescriptor> all, List<String> names) {
        return names.stream()
                .flatMap(name -> all.stream().filter(c -> c.name().equals(name)).limit(1))
                .toList();
    }
}
