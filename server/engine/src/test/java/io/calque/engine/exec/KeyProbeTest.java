package io.calque.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyProbeTest {
    private static KeyProbe probe(DataType type, Object... keys) {
        KeySet set = new KeySet(MemoryAccount.ofProcess(64 << 20));
        Arrays.stream(keys).forEach(set::add);
        return set.probe(type).orElseThrow();
    }

    private static List<Boolean> met(KeyProbe probe, DataType type, @Nullable Object... values) {
        ColumnBuilder builder = new ColumnBuilder(type, values.length);
        for (Object value : values) {
            builder.append(value);
        }
        ColumnVector column = builder.build();
        List<Boolean> met = new ArrayList<>();
        for (int row = 0; row < values.length; row++) {
            met.add(probe.mayMeet(column, row));
        }
        return met;
    }

    @Test
    void looksUpNumbersThatLieCloseTogetherExactly() {
        KeyProbe probe = probe(DataType.INTEGER, 3, 7L, BigDecimal.valueOf(11), new BigDecimal("4.5"));
        assertThat(met(probe, DataType.INTEGER, 2L, 3L, 4L, 7L, 11L, 12L, null))
                .containsExactly(false, true, false, true, true, false, false);
    }

    /** Pairs are looked up as pairs: neither value by itself says that there is one. */
    @Test
    void looksUpSeveralColumnsTogether() {
        KeySet set = new KeySet(MemoryAccount.ofProcess(64 << 20));
        set.add(List.of(1, "a"));
        set.add(List.of(2L, "b"));
        set.add(Arrays.asList(3, null));
        set.add(List.of(new BigDecimal("1.5"), "a"));
        List<DataType> types = List.of(DataType.INTEGER, DataType.VARCHAR);
        assertThat(set.as(types, Long.MAX_VALUE).orElseThrow())
                .containsExactlyInAnyOrder(List.of(1L, "a"), List.of(2L, "b"));
        ColumnBuilder numbers = new ColumnBuilder(DataType.INTEGER, 5);
        ColumnBuilder texts = new ColumnBuilder(DataType.VARCHAR, 5);
        Arrays.asList(1L, 1L, 2L, null, 3L).forEach(numbers::append);
        Arrays.asList("a", "b", "b", "a", null).forEach(texts::append);
        List<ColumnVector> columns = List.of(numbers.build(), texts.build());
        TupleProbe probe = set.probe(types).orElseThrow();
        assertThat(List.of(0, 1, 2, 3, 4).stream().map(row -> probe.mayMeet(columns, row)))
                .containsExactly(true, false, true, false, false);
    }

    @Test
    void keepsEveryKeyOfFarApartNumbersAndLetsFewOthersThrough() {
        Object[] keys = LongStream.range(0, 20_000)
                .map(i -> Long.MIN_VALUE + i * 900_000_000_000_001L)
                .boxed()
                .toArray();
        KeyProbe probe = probe(DataType.BIGINT, keys);
        assertThat(met(probe, DataType.BIGINT, keys)).doesNotContain(false);
        Object[] others = LongStream.range(0, 20_000)
                .map(i -> Long.MIN_VALUE + 17 + i * 900_000_000_000_001L)
                .boxed()
                .toArray();
        assertThat(met(probe, DataType.BIGINT, others).stream().filter(m -> m).count())
                .isLessThan(1_000);
    }

    @Test
    void looksUpText() {
        DataType text = DataType.VARCHAR;
        KeyProbe probe = probe(text, "Brno", "", "\uD83D\uDE00");
        assertThat(met(probe, text, "Brno", "", "\uD83D\uDE00", null)).containsExactly(true, true, true, false);
        assertThat(met(probe, text, "brno", "Brno ", "Oslo").stream()
                        .filter(m -> m)
                        .count())
                .isLessThan(2);
    }

    /** Beyond 200,000 keys only a filter is kept of them. */
    @Test
    void keepsAFilterOfKeysThatAreTooMany() {
        KeySet set = new KeySet(MemoryAccount.ofProcess(256 << 20));
        for (int key = 0; key < 250_000; key++) {
            set.add(key * 2);
        }
        assertThat(set.as(List.of(DataType.INTEGER), Long.MAX_VALUE)).isEmpty();
        KeyProbe probe = set.probe(DataType.INTEGER).orElseThrow();
        assertThat(met(probe, DataType.INTEGER, 0L, 499_998L)).containsExactly(true, true);
        Object[] odd = LongStream.range(0, 10_000).map(i -> 2 * i + 1).boxed().toArray();
        assertThat(met(probe, DataType.INTEGER, odd).stream().filter(m -> m).count())
                .isLessThan(1_000);
    }

    @Test
    void knowsNothingOfTypesThatEqualInManyForms() {
        KeySet set = new KeySet(MemoryAccount.ofProcess(64 << 20));
        set.add(BigDecimal.ONE);
        assertThat(set.probe(DataType.decimal(10, 2))).isEqualTo(Optional.empty());
    }
}
