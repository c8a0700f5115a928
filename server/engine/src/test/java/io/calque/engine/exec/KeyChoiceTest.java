package io.calque.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.planner.physical.ColumnSpread;
import io.calque.planner.physical.KeyColumn;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.pushdown.KeyFiltering;
import io.calque.planner.pushdown.KeyForm;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.spi.SourceId;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyChoiceTest {
    private static final SourceId SOURCE = new SourceId("s");
    /** Of a column whose values lie evenly between 0 and 1,000,000. */
    private static final ColumnSpread SPREAD = new ColumnSpread(List.of(0.0, 1_000_000.0), List.of(), 1);

    private static KeyUse use(long mostKeys, KeyFiltering filtering, KeyRanges ranges) {
        return new KeyUse(
                0,
                List.of(new KeyColumn(0, "id", DataType.BIGINT)),
                1_000,
                mostKeys,
                Integer.MAX_VALUE,
                200,
                1_000_000,
                0.1,
                filtering,
                ranges,
                Optional.of(SPREAD));
    }

    private static KeyForm form(KeyUse use, boolean mayBeRange, LongStream keys) {
        KeySet set = new KeySet(MemoryAccount.ofProcess(64 << 20));
        keys.forEach(set::add);
        set.complete();
        return KeyChoice.of(use, set, mayBeRange, SOURCE, new KeyedReadCosts()).form();
    }

    @Test
    void sendsTheBoundsOfKeysThatAreTooMany() {
        KeyUse use = use(5_000, KeyFiltering.UNSENT, KeyRanges.BY_COST);
        assertThat(form(use, true, LongStream.range(0, 10_000))).isEqualTo(KeyForm.RANGE);
        assertThat(form(use, true, LongStream.range(0, 10_000).map(i -> i * 100)))
                .isEqualTo(KeyForm.UNSENT);
        assertThat(form(use, false, LongStream.range(0, 10_000))).isEqualTo(KeyForm.UNSENT);
    }

    @Test
    void sendsTheBoundsWhereTheyCostLessThanTheKeys() {
        KeyUse use = use(5_000, KeyFiltering.UNSENT, KeyRanges.BY_COST);
        // a fifth of what pays, between which lies a thousandth of the rows; then a half of them
        assertThat(form(use, true, LongStream.range(0, 1_000))).isEqualTo(KeyForm.RANGE);
        assertThat(form(use, true, LongStream.range(0, 1_000).map(i -> i * 500)))
                .isEqualTo(KeyForm.KEYS);
        assertThat(form(use, true, LongStream.range(0, 10))).isEqualTo(KeyForm.KEYS);
    }

    @Test
    void isToldByTheSettings() {
        KeyUse off = use(5_000, KeyFiltering.UNSENT, KeyRanges.OFF);
        assertThat(form(off, false, LongStream.range(0, 1_000))).isEqualTo(KeyForm.KEYS);
        KeyUse always = use(5_000, KeyFiltering.UNSENT, KeyRanges.ALWAYS);
        assertThat(form(always, true, LongStream.of(1, 1_000_000))).isEqualTo(KeyForm.RANGE);
        KeyUse looked = use(5_000, KeyFiltering.ALWAYS, KeyRanges.BY_COST);
        assertThat(form(looked, true, LongStream.of(1, 1_000_000))).isEqualTo(KeyForm.UNSENT);
    }
}
