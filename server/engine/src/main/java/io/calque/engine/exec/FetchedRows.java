package io.calque.engine.exec;

import io.calque.engine.operator.BatchRows;
import io.calque.engine.operator.RowLayout;
import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.batch.DoubleVector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.RowCursor;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a fetch whose columns operators of our own can read as they arrive. Belongs to the thread that pulls the query.
 */
final class FetchedRows extends BatchRows {
    private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

    private final Supplier<FragmentRead> asked;
    private final RowDecoder decoder;
    private final StopFlag stop;

    /**
     * @param asked the fetch, once what it waits for is known
     */
    FetchedRows(RowLayout layout, Supplier<FragmentRead> asked, RowDecoder decoder, StopFlag stop) {
        super(layout);
        this.asked = asked;
        this.decoder = decoder;
        this.stop = stop;
    }

    /** The layout of such rows; nothing where a value changes on its way to an operator. */
    static Optional<RowLayout> layout(List<NativeQuery.Column> columns) {
        List<ValueKind> kinds = new ArrayList<>();
        for (NativeQuery.Column column : columns) {
            Optional<ValueKind> kind = kind(column.type());
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            kinds.add(kind.get());
        }
        return Optional.of(new RowLayout(kinds));
    }

    private static Optional<ValueKind> kind(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Optional.of(ValueKind.BOOLEAN);
            case SMALLINT -> Optional.of(ValueKind.SHORT);
            case INTEGER, DATE, TIME -> Optional.of(ValueKind.INTEGER);
            case BIGINT, TIMESTAMP, TIMESTAMP_TZ -> Optional.of(ValueKind.LONG);
            case DOUBLE -> Optional.of(ValueKind.DOUBLE);
            case DECIMAL -> Optional.of(ValueKind.DECIMAL);
            case VARCHAR -> Optional.of(ValueKind.TEXT);
            case REAL, VARBINARY, ARRAY -> Optional.empty();
        };
    }

    @Override
    public Enumerator<Object> enumerator() {
        FragmentRead read = asked.get();
        return new FragmentRows(read::take, decoder, stop, read::abandon);
    }

    @Override
    public RowCursor batches() {
        return new RowCursor() {
            private @Nullable FragmentRead read;
            private boolean closed;

            @Override
            public Optional<ColumnBatch> next() {
                stop.check();
                if (closed) {
                    return Optional.empty();
                }
                FragmentRead reading = read;
                if (reading == null) {
                    reading = asked.get();
                    read = reading;
                }
                return reading.take().map(FetchedRows::withoutNegativeZeros);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    // a fetch that was never read is given up with its query
                    if (read != null) {
                        read.abandon();
                    }
                }
            }
        };
    }

    /** A negative zero equals zero, and keys are compared by their bits. */
    private static ColumnBatch withoutNegativeZeros(ColumnBatch batch) {
        List<ColumnVector> columns = batch.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof DoubleVector doubles && hasNegativeZero(doubles)) {
                List<ColumnVector> replaced = new ArrayList<>(columns);
                replaced.set(i, positive(doubles));
                columns = replaced;
            }
        }
        return columns == batch.columns() ? batch : new ColumnBatch(batch.rows(), columns);
    }

    private static boolean hasNegativeZero(DoubleVector column) {
        for (int row = 0; row < column.size(); row++) {
            if (Double.doubleToRawLongBits(column.value(row)) == NEGATIVE_ZERO) {
                return true;
            }
        }
        return false;
    }

    private static DoubleVector positive(DoubleVector column) {
        double[] values = new double[column.size()];
        BitSet nulls = new BitSet();
        for (int row = 0; row < values.length; row++) {
            values[row] = column.value(row) + 0.0;
            nulls.set(row, column.isNull(row));
        }
        return new DoubleVector(values, values.length, nulls);
    }
}
