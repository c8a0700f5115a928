package io.calque.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.planner.physical.ValueKind;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    /** Values of each kind, with NULL and extremes. */
    private static List<Object> values(ValueKind kind) {
        return switch (kind) {
            case BOOLEAN -> Arrays.asList(true, null, false);
            case BYTE -> Arrays.asList(Byte.MIN_VALUE, null, Byte.MAX_VALUE);
            case SHORT -> Arrays.asList(Short.MIN_VALUE, null, Short.MAX_VALUE);
            case INTEGER -> Arrays.asList(Integer.MIN_VALUE, null, Integer.MAX_VALUE);
            case LONG -> Arrays.asList(Long.MIN_VALUE, null, Long.MAX_VALUE);
            case FLOAT -> Arrays.asList(Float.NaN, null, -Float.MAX_VALUE);
            case DOUBLE -> Arrays.asList(-0.0, null, Double.NEGATIVE_INFINITY);
            case TEXT -> Arrays.asList("é\u0000 \uD83D\uDE00\uDC00", null, "");
            case DECIMAL ->
                Arrays.asList(
                        new BigDecimal("-1.500"), null, new BigDecimal("99999999999999999999999999999999999.999"));
            case BINARY -> Arrays.asList(new ByteString(new byte[] {0, -1}), null, new ByteString(new byte[0]));
            case LIST -> Arrays.asList(Arrays.asList(1, null, List.of("x"), 2L, (short) 3, 1.5, true), null, List.of());
        };
    }

    @Test
    void readsWhatWasWritten() {
        RowLayout layout = new RowLayout(List.of(ValueKind.values()));
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            int at = row;
            rows.add(layout.columns().stream().map(kind -> values(kind).get(at)).toArray());
        }
        List<ColumnBuilder> builders = layout.builders(1);
        rows.forEach(row -> layout.append(row, builders));
        ColumnBatch batch =
                new ColumnBatch(3, builders.stream().map(ColumnBuilder::build).toList());

        ByteBlock block = new ByteBlock();
        BatchCodec.write(batch, block);
        ColumnBatch read = BatchCodec.read(block.written(), layout);

        RowStore store = new RowStore(layout);
        store.append(read);
        for (int row = 0; row < 3; row++) {
            assertThat((Object[]) layout.row(read, row)).containsExactly(rows.get(row));
            assertThat((Object[]) store.row(row)).containsExactly(rows.get(row));
        }
    }

    @Test
    void rowsOfNoColumnAreCounted() {
        ByteBlock block = new ByteBlock();
        BatchCodec.write(new ColumnBatch(300, List.of()), block);
        assertThat(BatchCodec.read(block.written(), new RowLayout(List.of())).rows())
                .isEqualTo(300);
    }
}
