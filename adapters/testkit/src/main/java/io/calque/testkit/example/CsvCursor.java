package io.calque.testkit.example;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.RowCursor;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one file record by record. Single-threaded, but for {@link #close} and {@link #cancel}. */
final class CsvCursor implements RowCursor {
    private final CsvFolder folder;
    private final CsvQuery query;
    private final CsvReader reader;
    private final List<ColumnDescriptor> columns;
    private final List<Integer> wanted;
    private final List<Test> tests;
    private final List<ColumnBuilder> builders;
    private final int batchRows;
    private final long deadline;
    private long skip;
    private long left;
    private volatile boolean cancelled;
    private volatile boolean closed;

    private record Test(int column, @Nullable Object value) {}

    CsvCursor(CsvFolder folder, CsvQuery query, Bindings bindings, ReadOptions options) {
        this.folder = folder;
        this.query = query;
        this.reader = folder.open(query.table());
        this.columns = CsvHeader.read(reader, folder, query.table()).columns();
        this.wanted = query.fields().stream().map(this::index).toList();
        this.tests = query.conditions().stream()
                .map(c -> new Test(index(c.field()), c.operand().in(bindings)))
                .toList();
        this.builders = query.columns().stream()
                .map(c -> new ColumnBuilder(c.type(), options.batchRows()))
                .toList();
        this.batchRows = options.batchRows();
        this.deadline = System.nanoTime() + options.timeout().toNanos();
        this.skip = query.offset().map(rows -> number(rows.in(bindings))).orElse(0L);
        this.left = query.fetch().map(rows -> number(rows.in(bindings))).orElse(Long.MAX_VALUE);
    }

    private int index(String field) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(field)) {
                return i;
            }
        }
        throw new QueryException(
                ErrorCode.SOURCE_CHANGED,
                "Source '" + folder.source() + "': " + query.table() + ".csv has no column '" + field + "' any more");
    }

    private static long number(@Nullable Object bound) {
        return bound instanceof Number rows ? rows.longValue() : 0;
    }

    // [doc: next]
    @Override
    public Optional<ColumnBatch> next() {
        try {
            int rows = 0;
            while (rows < batchRows && left > 0) {
                requireTime();
                Optional<List<@Nullable String>> row = reader.next();
                if (row.isEmpty()) {
                    break;
                }
                if (!passes(row.get()) || skip-- > 0) {
                    continue;
                }
                append(row.get());
                rows++;
                left--;
            }
            return rows == 0
                    ? Optional.empty()
                    : Optional.of(new ColumnBatch(
                            rows, builders.stream().map(ColumnBuilder::build).toList()));
        } catch (IOException e) {
            requireTime();
            throw new QueryException(
                    ErrorCode.SOURCE_READ_FAILED,
                    "Source '" + folder.source() + "' failed while " + query.table() + ".csv was read",
                    e);
        }
    }

    private void requireTime() {
        if (cancelled || closed) {
            throw new QueryException(ErrorCode.CANCELLED, "Reading " + query.table() + ".csv was cancelled");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new QueryException(ErrorCode.TIMED_OUT, "Reading " + query.table() + ".csv took too long");
        }
    }
    // [end]

    private boolean passes(List<@Nullable String> row) {
        for (Test test : tests) {
            Object value = value(row, test.column());
            // NULL equals nothing, not even NULL.
            if (value == null || test.value() == null || !same(value, test.value())) {
                return false;
            }
        }
        return true;
    }

    /** 1.5 and 1.50 are one number, though not one BigDecimal. */
    private static boolean same(Object left, Object right) {
        return left instanceof BigDecimal decimal ? decimal.compareTo((BigDecimal) right) == 0 : left.equals(right);
    }

    private void append(List<@Nullable String> row) {
        for (int i = 0; i < wanted.size(); i++) {
            builders.get(i).append(value(row, wanted.get(i)));
        }
    }

    private @Nullable Object value(List<@Nullable String> row, int column) {
        String text = column < row.size() ? row.get(column) : null;
        return text == null ? null : CsvValues.parse(text, columns.get(column), folder, query.table());
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.close();
        } catch (IOException e) {
            // Nothing is lost: the file was only read.
        }
    }
}
