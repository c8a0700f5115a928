package io.calque.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
    @ParameterizedTest
    @EnumSource
    void sqlStatesAreWellFormedAndNeverAConnectionFailure(ErrorCode code) {
        assertThat(code.sqlState()).matches("[0-9A-Z]{5}").doesNotStartWith("08");
        assertThat(code.meaning()).endsWith(".");
    }

    @ParameterizedTest
    @EnumSource
    void failuresOfSourcesAreClassHvOrDataExceptions(ErrorCode code) {
        if (code.kind() == ErrorKind.SOURCE) {
            assertThat(code.sqlState()).matches("(HV|22).*");
        }
    }
}
