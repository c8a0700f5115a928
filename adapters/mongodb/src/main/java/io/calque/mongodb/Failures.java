package io.calque.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says the driver's exceptions in Calque's words: who failed, where, and why. Stateless. */
public final class Failures {
    /** Unauthorized, AuthenticationFailed, and Atlas's own "bad auth". */
    private static final Set<Integer> REFUSED = Set.of(13, 18, 8000);
    /** Interrupted, CursorKilled, CursorNotFound, ClientDisconnect, QueryPlanKilled. */
    private static final Set<Integer> STOPPED = Set.of(11601, 237, 43, 279, 175);

    private static final int MAX_TIME_EXPIRED = 50;

    private Failures() {}

    /**
     * @param doing what was asked, as a clause: "while reading shop.orders after 1200 rows"
     */
    public static QueryException of(SourceId source, String address, String doing, RuntimeException e) {
        if (e instanceof QueryException known) {
            return known;
        }
        if (securityCause(e) != null) {
            return new QueryException(
                    ErrorCode.SOURCE_REFUSED,
                    "Source '" + source + "' at " + address + " refused the user or password " + doing,
                    e);
        }
        if (e instanceof MongoInterruptedException) {
            Thread.currentThread().interrupt();
            return new QueryException(ErrorCode.CANCELLED, "Interrupted " + doing + " (source '" + source + "')", e);
        }
        if (e instanceof MongoExecutionTimeoutException || e instanceof MongoOperationTimeoutException) {
            return timedOut(source, doing, e);
        }
        if (e instanceof MongoCommandException command) {
            return ofCommand(source, address, doing, command);
        }
        if (e instanceof MongoTimeoutException || e instanceof MongoSocketException) {
            return new QueryException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "Source '" + source + "' cannot be reached at " + address + " " + doing + ": " + rootReason(e),
                    e);
        }
        return new QueryException(
                ErrorCode.SOURCE_READ_FAILED, "Source '" + source + "' failed " + doing + ": " + e.getMessage(), e);
    }

    /** Whether the server says that somebody stopped the operation. */
    public static boolean isStopped(MongoException e) {
        return STOPPED.contains(e.getCode()) || e instanceof MongoInterruptedException;
    }

    static QueryException timedOut(SourceId source, String doing, @Nullable RuntimeException e) {
        return new QueryException(ErrorCode.TIMED_OUT, "Source '" + source + "' ran out of time " + doing, e);
    }

    private static QueryException ofCommand(
            SourceId source, String address, String doing, MongoCommandException command) {
        if (command.getCode() == MAX_TIME_EXPIRED) {
            return timedOut(source, doing, command);
        }
        if (REFUSED.contains(command.getCode())) {
            return new QueryException(
                    ErrorCode.SOURCE_REFUSED,
                    "Source '" + source + "' at " + address + " refused " + doing + ": " + command.getErrorMessage(),
                    command);
        }
        return new QueryException(
                computing(command).orElse(ErrorCode.SOURCE_READ_FAILED),
                "Source '" + source + "' failed " + doing + ": " + command.getErrorMessage(),
                command);
    }

    /** Pipelines fail on purpose by the length of a number: {@link io.calque.mongodb.compiler}. */
    private static Optional<ErrorCode> computing(MongoCommandException command) {
        String message = String.valueOf(command.getErrorMessage());
        if (message.contains("$divide by zero")) {
            return Optional.of(ErrorCode.DIVISION_BY_ZERO);
        }
        return message.contains("$strLenCP requires a string")
                        || message.contains("Decimal128 would require inexact rounding")
                ? Optional.of(ErrorCode.NUMERIC_OUT_OF_RANGE)
                : Optional.empty();
    }

    private static @Nullable Throwable securityCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoSecurityException) {
                return cause;
            }
        }
        // A selection that timed out keeps the servers' own failures only in its text.
        String message = String.valueOf(e.getMessage());
        return e instanceof MongoTimeoutException && message.contains("MongoSecurityException") ? e : null;
    }

    private static String rootReason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        int caused = message.lastIndexOf("caused by {");
        if (caused < 0) {
            return message;
        }
        String last = message.substring(caused + "caused by {".length());
        int end = last.indexOf('}');
        return end < 0 ? last : last.substring(0, end);
    }
}
