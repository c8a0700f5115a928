package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects work to fail in the one way that reaches users. Stateless. */
final class Failures {
    private Failures() {}

    static QueryException expect(ErrorCode code, ThrowingCallable work) {
        Throwable thrown = catchThrowable(work);
        assertThat(thrown).as("a failure with code %s", code).isInstanceOf(QueryException.class);
        QueryException failure = (QueryException) thrown;
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return failure;
    }
}
