package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.type.DataType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
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
import org.postgresql.copy.CopyOut;

/** 2,048 rows of PostgreSQL's binary COPY, as they come from the server. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CopyBenchmark {
    private static final int ROWS = 2048;
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final List<DataType> COLUMNS =
            List.of(DataType.BIGINT, DataType.DOUBLE, DataType.VARCHAR, DataType.INTEGER);
    private static final List<Integer> GIVEN = List.of(Types.BIGINT, Types.DOUBLE, Types.VARCHAR, Types.INTEGER);

    private final List<byte[]> messages = new ArrayList<>();
    private List<BinaryDecoder> decoders = List.of();

    @Setup(Level.Trial)
    public void prepare() throws SQLException, IOException {
        List<Column> columns = new ArrayList<>();
        List<Decoding> decodings = new ArrayList<>();
        for (DataType type : COLUMNS) {
            String name = "c" + columns.size();
            columns.add(new Column(name, type, true));
            decodings.add(new Decoding(Form.PLAIN, name));
        }
        SqlQuery query = new SqlQuery(
                new SourceId("pg"), "", List.of(), columns, decodings, SqlQuery.Expected.ANY, SqlQuery.Author.COMPILER);
        decoders = BinaryDecoders.of(query, given()).orElseThrow();
        long right = 0;
        for (int row = 0; row < ROWS; row++) {
            messages.add(message(row));
            right += row + ("Clerk#" + row).hashCode() + row % 50;
        }
        messages.add(new byte[] {-1, -1});
        if (read() != right) {
            throw new IllegalStateException("Read are " + read() + ", where " + right + " is right");
        }
    }

    @Benchmark
    public long read() throws SQLException {
        ColumnBuilder[] out =
                COLUMNS.stream().map(type -> new ColumnBuilder(type, ROWS)).toArray(ColumnBuilder[]::new);
        CopyRows rows = new CopyRows(sent(), decoders);
        int count = 0;
        while (rows.next(out)) {
            count++;
        }
        var keys = out[0].build();
        var clerks = out[2].build();
        var lines = out[3].build();
        long sum = 0;
        for (int row = 0; row < count; row++) {
            sum += ((Number) keys.get(row)).longValue()
                    + clerks.get(row).hashCode()
                    + ((Number) lines.get(row)).longValue();
        }
        return sum;
    }

    private static byte[] message(int row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        if (row == 0) {
            out.write(SIGNATURE);
            out.writeInt(0);
            out.writeInt(0);
        }
        byte[] clerk = ("Clerk#" + row).getBytes(StandardCharsets.UTF_8);
        out.writeShort(COLUMNS.size());
        out.writeInt(Long.BYTES);
        out.writeLong(row);
        out.writeInt(Double.BYTES);
        out.writeDouble(row * 0.5);
        out.writeInt(clerk.length);
        out.write(clerk);
        out.writeInt(Integer.BYTES);
        out.writeInt(row % 50);
        return bytes.toByteArray();
    }

    /** The messages one after the other, as a connection would give them. */
    private CopyOut sent() {
        int[] next = {0};
        return (CopyOut) Proxy.newProxyInstance(
                CopyOut.class.getClassLoader(), new Class<?>[] {CopyOut.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("readFromCopy")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return next[0] < messages.size() ? messages.get(next[0]++) : null;
                });
    }

    /** What the server would say of the columns. */
    private static ResultSetMetaData given() {
        return (ResultSetMetaData) Proxy.newProxyInstance(
                ResultSetMetaData.class.getClassLoader(),
                new Class<?>[] {ResultSetMetaData.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getColumnCount" -> COLUMNS.size();
                    case "getColumnType" -> GIVEN.get((Integer) arguments[0] - 1);
                    case "getColumnClassName" -> "java.lang.Object";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
