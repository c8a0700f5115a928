package io.calque.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one failure that reaches users: a stable code and a message that says what failed, where, and the way out.
 *
 * <p>The message never holds a secret or a stack trace.
 */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public QueryException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public QueryException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.code = Objects.requireNonNull(code);
    }

    public ErrorCode code() {
        return code;
    }

    public String sqlState() {
        return code.sqlState();
    }
}
