package io.calque.planner.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ColumnStatistics.CommonValue;
import io.calque.spi.type.DataType;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ColumnSpreadTest {
    private static ColumnStatistics statistics(
            String min, String max, double nulls, List<CommonValue> common, List<String> histogram) {
        return new ColumnStatistics(
                OptionalDouble.empty(),
                OptionalDouble.of(nulls),
                Optional.of(min),
                Optional.of(max),
                OptionalDouble.empty(),
                common,
                histogram);
    }

    private static double share(DataType type, ColumnStatistics statistics, Object least, Object greatest) {
        return ColumnSpread.of(type, statistics).orElseThrow().share(least, greatest);
    }

    @Test
    void liesEvenlyBetweenLeastAndGreatest() {
        ColumnStatistics known = statistics("0", "1000", 0, List.of(), List.of());
        assertThat(share(DataType.INTEGER, known, 100L, 350L)).isCloseTo(0.25, within(1e-9));
        assertThat(share(DataType.INTEGER, known, -50L, 5_000L)).isEqualTo(1);
        assertThat(share(DataType.INTEGER, known, 2_000L, 5_000L)).isZero();
    }

    @Test
    void countsPartsFrequentValuesAndNulls() {
        ColumnStatistics known =
                statistics("0", "1000", 0.1, List.of(new CommonValue("5", 0.4)), List.of("0", "10", "1000"));
        assertThat(share(DataType.BIGINT, known, 0L, 10L)).isCloseTo(0.4 + 0.25, within(1e-9));
        assertThat(share(DataType.BIGINT, known, 10L, 2_000L)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void measuresDatesInDays() {
        ColumnStatistics known = statistics("2020-01-01", "2020-01-11", 0, List.of(), List.of());
        long first = LocalDate.of(2020, 1, 1).toEpochDay();
        assertThat(share(DataType.DATE, known, first + 2, first + 7)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void knowsTextByParts() {
        ColumnStatistics known = statistics("a", "z", 0, List.of(), List.of("a", "f", "m", "s", "z"));
        assertThat(share(DataType.VARCHAR, known, "f", "m")).isCloseTo(0.25, within(1e-9));
        assertThat(ColumnSpread.of(DataType.VARCHAR, statistics("a", "z", 0, List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void saysNothingWhereNothingIsKnown() {
        assertThat(ColumnSpread.of(DataType.INTEGER, ColumnStatistics.UNKNOWN)).isEmpty();
        assertThat(ColumnSpread.of(DataType.DOUBLE, statistics("1", "2", 0, List.of(), List.of())))
                .isEmpty();
    }
}
