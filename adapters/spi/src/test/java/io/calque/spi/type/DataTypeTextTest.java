package io.calque.spi.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataTypeTextTest {
    static Stream<DataType> types() {
        Stream<DataType> simple = Stream.of(TypeKind.values())
                .filter(kind -> kind != TypeKind.DECIMAL && kind != TypeKind.ARRAY)
                .map(kind -> new DataType(kind, 0, 0, Optional.empty()));
        List<DataType> decimals = List.of(DataType.decimal(1, 0), DataType.decimal(38, 38), DataType.decimal(15, 2));
        return Stream.concat(simple, decimals.stream())
                .flatMap(type -> Stream.of(type, DataType.array(type), DataType.array(DataType.array(type))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsBackWhatATypeWrites(DataType type) {
        assertThat(DataTypeText.parse(type.toString())).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "int > INTEGER",
                "  Double Precision > DOUBLE",
                "text array > VARCHAR ARRAY",
                "numeric > DECIMAL(38, 0)",
                "decimal(5) > DECIMAL(5, 0)",
                "DECIMAL ( 5 ,2 ) > DECIMAL(5, 2)",
            })
    void readsOtherSpellings(String text, String type) {
        assertThat(DataTypeText.parse(text)).hasToString(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "blob", "varchar(10)", "array", "decimal(", "timestamp(6)"})
    void refusesWhatIsNoType(String text) {
        assertThatThrownBy(() -> DataTypeText.parse(text))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER))
                .hasMessage("'" + text + "' names no type");
    }

    @Test
    void decimalsHaveTheirLimits() {
        assertThatThrownBy(() -> DataType.decimal(39, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DataType.decimal(5, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DataType.BIGINT.elementType()).isInstanceOf(IllegalStateException.class);
    }
}
