package io.calque.app.avatica;

import io.calque.driver.ReadFrame;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A frame of 2,048 rows and four columns, written by the server and read by the driver. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
    private static final int ROWS = 2048;
    private static final List<DataType> TYPES =
            List.of(DataType.BIGINT, DataType.decimal(15, 2), DataType.VARCHAR, DataType.DATE);

    private final RowSlices rows = new RowSlices();
    private byte[] frame = {};

    @Setup(Level.Trial)
    public void prepare() throws SQLException {
        List<ColumnBuilder> columns =
                TYPES.stream().map(type -> new ColumnBuilder(type, ROWS)).toList();
        long sum = 0;
        for (int row = 0; row < ROWS; row++) {
            BigDecimal price = BigDecimal.valueOf(row * 97L, 2);
            String name = "customer#" + row;
            columns.get(0).appendLong(row);
            columns.get(1).appendObject(price);
            columns.get(2).appendObject(name);
            columns.get(3).appendLong(8000 + row % 365);
            sum += Long.hashCode(row) + price.hashCode() + name.hashCode() + Long.hashCode(8000 + row % 365);
        }
        rows.add(
                new ColumnBatch(ROWS, columns.stream().map(ColumnBuilder::build).toList()), 0, ROWS);
        ByteBuffer written = write();
        frame = new byte[written.remaining()];
        written.duplicate().get(frame);
        if (read() != sum) {
            throw new IllegalStateException("What is read is not what was written");
        }
    }

    @Benchmark
    public ByteBuffer write() {
        return ColumnFrames.write(TYPES, rows, ROWS * 40);
    }

    @Benchmark
    public long read() throws SQLException {
        return ReadFrame.sum(frame, TYPES.size());
    }
}
