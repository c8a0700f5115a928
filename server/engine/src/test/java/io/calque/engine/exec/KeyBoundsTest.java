package io.calque.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyBoundsTest {
    private static Optional<KeyBounds.Range> range(DataType type, @Nullable Object... keys) {
        KeySet set = new KeySet(MemoryAccount.ofProcess(64 << 20));
        Arrays.stream(keys).forEach(set::add);
        return set.range(type);
    }

    @Test
    void holdsAllKeysButNull() {
        assertThat(range(DataType.BIGINT, 7, null, 3L, BigDecimal.valueOf(11)))
                .contains(new KeyBounds.Range(3L, 11L, false));
        assertThat(range(DataType.BIGINT, 7)).contains(new KeyBounds.Range(7L, 7L, false));
        assertThat(range(DataType.BIGINT)).isEmpty();
        assertThat(range(DataType.BIGINT, (Object) null)).isEmpty();
    }

    @Test
    void narrowsToWhatTheColumnCanHold() {
        assertThat(range(DataType.INTEGER, new BigDecimal("1.5"), new BigDecimal("3.5")))
                .contains(new KeyBounds.Range(2L, 3L, false));
        assertThat(range(DataType.SMALLINT, -40_000, 40_000)).contains(new KeyBounds.Range(-32768L, 32767L, false));
        assertThat(range(DataType.SMALLINT, 40_000, 50_000).orElseThrow().isEmpty())
                .isTrue();
        assertThat(range(DataType.BIGINT, new BigDecimal("0.2"), new BigDecimal("0.7"))
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void keepsTheScaleAndPrecisionOfDecimals() {
        DataType price = DataType.decimal(5, 2);
        assertThat(range(price, new BigDecimal("1.005"), new BigDecimal("2.999")))
                .contains(new KeyBounds.Range(new BigDecimal("1.01"), new BigDecimal("2.99"), false));
        assertThat(range(price, 3L, new BigDecimal("100000")))
                .contains(new KeyBounds.Range(new BigDecimal("3.00"), new BigDecimal("999.99"), false));
        assertThat(range(price, 5_000L, 6_000L).orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void ordersTextByCodePoint() {
        String beyond = new String(Character.toChars(0x1F600));
        assertThat(range(DataType.VARCHAR, "\uFFFD", beyond, "a")).contains(new KeyBounds.Range("a", beyond, false));
    }

    /** A source may spell it otherwise, so that nothing is known of where it lies. */
    @Test
    void givesUpOnTextThatIsNoUnicode() {
        assertThat(range(DataType.VARCHAR, "a", "\uD83D")).isEmpty();
    }

    @Test
    void knowsTheBoundsOfKeysTooManyToKeep() {
        KeySet set = new KeySet(MemoryAccount.ofProcess(1 << 30));
        for (long key = 0; key < 300_000; key++) {
            set.add(key * 3 - 5);
        }
        assertThat(set.as(List.of(DataType.BIGINT), Long.MAX_VALUE)).isEmpty();
        assertThat(set.range(DataType.BIGINT)).contains(new KeyBounds.Range(-5L, 899_992L, false));
    }
}
