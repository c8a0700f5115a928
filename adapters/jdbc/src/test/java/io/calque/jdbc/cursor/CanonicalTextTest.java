package io.calque.jdbc.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTextTest {
    @ParameterizedTest
    @CsvSource({
        "5,5",
        "-17,-17",
        "5.0,5",
        "05,5",
        "1.50,1.5",
        "0.00,0",
        "-0.0,0",
        "1E+3,1000",
        "100,100",
        "9223372036854775807,9223372036854775807"
    })
    void spellsEqualNumbersAlike(String given, String canonical) {
        assertThat(CanonicalText.of(given, DataType.decimal(38, 2), Form.PLAIN)).isEqualTo(canonical);
    }

    @Test
    void hasNoNumberForOtherTexts() {
        assertThat(CanonicalText.of("n/a", DataType.INTEGER, Form.PLAIN)).isNull();
        assertThat(CanonicalText.of("-", DataType.INTEGER, Form.PLAIN)).isNull();
        assertThat(CanonicalText.of("NaN", DataType.DOUBLE, Form.PLAIN)).isNull();
    }

    @Test
    void keepsTextAsItIs() {
        assertThat(CanonicalText.of(" 05 ", DataType.VARCHAR, Form.PLAIN)).isEqualTo(" 05 ");
        assertThat(CanonicalText.of("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", DataType.VARCHAR, Form.UUID))
                .isEqualTo("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    }
}
