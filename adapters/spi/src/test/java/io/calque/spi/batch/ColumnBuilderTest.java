package io.calque.spi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnBuilderTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(DataType.BOOLEAN, Arrays.asList(true, null, false)),
                Arguments.of(DataType.SMALLINT, Arrays.asList(-32768L, null, 32767L)),
                Arguments.of(DataType.BIGINT, Arrays.asList(null, Long.MIN_VALUE, Long.MAX_VALUE)),
                Arguments.of(DataType.TIMESTAMP_TZ, Arrays.asList(0L, -1L, null)),
                Arguments.of(DataType.DOUBLE, Arrays.asList(Double.NaN, -0.0, null, Double.MIN_VALUE)),
                Arguments.of(DataType.decimal(38, 2), Arrays.asList(new BigDecimal("0.10"), null)),
                Arguments.of(DataType.VARCHAR, Arrays.asList("", "\uD83D\uDE00", null)),
                Arguments.of(DataType.array(DataType.BIGINT), Arrays.asList(List.of(1L, 2L), null, List.of())));
    }

    @ParameterizedTest
    @MethodSource("values")
    void givesBackWhatWasAppended(DataType type, List<?> values) {
        ColumnBuilder builder = new ColumnBuilder(type, 1);
        values.forEach(builder::append);
        assertThat(builder.size()).isEqualTo(values.size());

        ColumnVector vector = builder.build();

        assertThat(vector.size()).isEqualTo(values.size());
        for (int row = 0; row < values.size(); row++) {
            assertThat(vector.get(row)).isEqualTo(values.get(row));
            assertThat(vector.isNull(row)).isEqualTo(values.get(row) == null);
        }
        assertThat(vector.sizeInBytes()).isPositive();
    }

    @Test
    void aBuiltVectorIsNotTouchedByTheNextOne() {
        ColumnBuilder builder = new ColumnBuilder(DataType.BIGINT, 4);
        builder.appendLong(1);
        builder.appendNull();
        ColumnVector first = builder.build();
        builder.appendLong(7);
        builder.appendLong(8);
        ColumnVector second = builder.build();

        assertThat(first.get(0)).isEqualTo(1L);
        assertThat(first.get(1)).isNull();
        assertThat(second.get(0)).isEqualTo(7L);
        assertThat(second.get(1)).isEqualTo(8L);
    }

    @Test
    void refusesAValueOfAnotherStore() {
        assertThatThrownBy(() -> new ColumnBuilder(DataType.VARCHAR, 1).appendLong(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a column of OBJECTS was given a value for LONGS");
    }

    @Test
    void aBatchHasColumnsOfOneLength() {
        ColumnBuilder builder = new ColumnBuilder(DataType.BIGINT, 1);
        builder.appendLong(1);
        ColumnVector one = builder.build();
        ColumnVector none = builder.build();

        assertThat(new ColumnBatch(1, List.of(one)).sizeInBytes()).isEqualTo(one.sizeInBytes());
        assertThat(new ColumnBatch(5, List.of()).rows()).isEqualTo(5);
        assertThatThrownBy(() -> new ColumnBatch(1, List.of(one, none))).isInstanceOf(IllegalArgumentException.class);
    }
}
