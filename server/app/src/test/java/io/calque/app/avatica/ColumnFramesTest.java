package io.calque.app.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.calque.driver.FrameReader;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server writes, the driver reads. */
final class ColumnFramesTest {
    private static final BigInteger MOST = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

    static Stream<Arguments> columns() {
        return Stream.of(
                column(DataType.BOOLEAN, true, false),
                column(DataType.SMALLINT, 0L, -1L, 127L, -128L),
                column(DataType.SMALLINT, (long) Short.MIN_VALUE, (long) Short.MAX_VALUE, 128L, -129L),
                column(DataType.INTEGER, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE, 32_768L),
                column(DataType.BIGINT, Long.MIN_VALUE, Long.MAX_VALUE, 0L, 1L << 31),
                column(DataType.REAL, 0.0, -1.5, (double) Float.MAX_VALUE, (double) Float.MIN_VALUE, Double.NaN),
                column(
                        DataType.DOUBLE,
                        0.0,
                        Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        Double.NEGATIVE_INFINITY,
                        Double.NaN,
                        Math.PI),
                column(DataType.decimal(15, 2), new BigDecimal("0.00"), new BigDecimal("-9999999999999.99")),
                column(
                        DataType.decimal(18, 0),
                        new BigDecimal("999999999999999999"),
                        new BigDecimal("-999999999999999999"),
                        new BigDecimal(BigInteger.valueOf(7), 0)),
                column(
                        DataType.decimal(19, 3),
                        new BigDecimal("9223372036854775.807"),
                        new BigDecimal("-9223372036854775.808"),
                        new BigDecimal("1000000000000000.000")),
                column(DataType.decimal(38, 38), new BigDecimal(MOST, 38), new BigDecimal("0E-38")),
                column(DataType.decimal(38, 0), new BigDecimal(MOST), new BigDecimal(MOST.negate()), BigDecimal.ONE),
                column(DataType.VARCHAR, "", "a", "plain text, longer than the others"),
                column(DataType.VARCHAR, "", "Größe", "\uD83D\uDE00", "\0", "日本", "é"),
                column(DataType.VARBINARY, new byte[0], new byte[] {0, -1, 127}, new byte[300]),
                column(DataType.DATE, -719_162L, 2_932_896L, 0L),
                column(DataType.TIME, 0L, 86_399_999L),
                column(DataType.TIMESTAMP, -62_135_596_800_000L, 253_402_300_799_999L),
                column(DataType.TIMESTAMP_TZ, -1L, 1L),
                column(DataType.array(DataType.INTEGER), List.of(), Arrays.asList(1L, null, -3L), List.of(1L << 30)),
                column(
                        DataType.array(DataType.VARCHAR),
                        Arrays.asList((Object) null),
                        List.of("x", "Größe", ""),
                        Arrays.asList(null, null)),
                column(
                        DataType.array(DataType.array(DataType.decimal(20, 1))),
                        List.of(List.of(new BigDecimal("1.5")), List.of()),
                        Arrays.asList(null, Arrays.asList((Object) null))));
    }

    private static Arguments column(DataType type, Object... values) {
        return Arguments.of(type, List.of(values));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void givesBackEveryValue(DataType type, List<Object> values) throws SQLException {
        Random random = new Random(7);
        for (int rows : List.of(0, 1, 2, 7, 8, 9, 64, 1000)) {
            for (int nullsInTen : List.of(0, 1, 9, 10)) {
                List<@Nullable Object> column = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    boolean none = random.nextInt(10) < nullsInTen;
                    column.add(none ? null : values.get(random.nextInt(values.size())));
                }
                assertGivesBack(type, column, random);
            }
        }
    }

    @Test
    void writesDecimalsOfSeveralScales() throws SQLException {
        assertGivesBack(
                DataType.decimal(20, 4),
                Arrays.asList(new BigDecimal("1.5"), null, new BigDecimal("2.2500"), new BigDecimal("3E+5")),
                new Random(1));
    }

    @Test
    void refusesBytesThatAreNoFrame() {
        assertThrows(SQLException.class, () -> FrameReader.read(new byte[] {1, 0}, 1));
        assertThrows(SQLException.class, () -> FrameReader.read(new byte[] {1, 0, 0, 0, 99, 0}, 1));
        assertThrows(SQLException.class, () -> FrameReader.read(new byte[] {9, 0, 0, 0, 5, 0, 1}, 1));
    }

    /** Cut into parts that begin and end within batches, beside a column that says which row it is. */
    private static void assertGivesBack(DataType type, List<@Nullable Object> values, Random random)
            throws SQLException {
        RowSlices slices = new RowSlices();
        for (int row = 0; row < values.size(); ) {
            int before = random.nextInt(3);
            int after = random.nextInt(3);
            int count = 1 + random.nextInt(values.size() - row);
            List<@Nullable Object> padded = new ArrayList<>();
            for (int i = 0; i < before + count + after; i++) {
                padded.add(i < before || i >= before + count ? values.get(row) : values.get(row + i - before));
            }
            slices.add(batch(type, padded, row - before), before, before + count);
            row += count;
        }
        ByteBuffer frame = ColumnFrames.write(List.of(DataType.BIGINT, type), slices, random.nextInt(100));
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (int row = 0; row < values.size(); row++) {
            expected.add(Arrays.asList((long) row, comparable(values.get(row))));
        }
        List<List<@Nullable Object>> read = new ArrayList<>();
        for (List<@Nullable Object> row : FrameReader.read(bytes, 2)) {
            read.add(Arrays.asList(row.get(0), comparable(row.get(1))));
        }
        assertThat(read).isEqualTo(expected);
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    private static ColumnBatch batch(DataType type, List<@Nullable Object> values, int firstRow) {
        ColumnBuilder rows = new ColumnBuilder(DataType.BIGINT, 1);
        ColumnBuilder column = new ColumnBuilder(type, 1);
        for (int i = 0; i < values.size(); i++) {
            rows.appendLong(firstRow + i);
            column.append(values.get(i));
        }
        List<ColumnVector> columns = List.of(rows.build(), column.build());
        return new ColumnBatch(values.size(), columns);
    }
}
