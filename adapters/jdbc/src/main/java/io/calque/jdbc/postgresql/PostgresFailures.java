package io.calque.jdbc.postgresql;

import io.calque.jdbc.pool.SqlFailures;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's SQLSTATEs mean to a person. Immutable. */
record PostgresFailures(SourceId source, String host, String database) implements SqlFailures {
    private static final String QUERY_CANCELED = "57014";
    private static final String READ_ONLY = "25006";
    private static final String LOCK_TIMEOUT = "55P03";
    /** Out of range, cannot coerce, invalid parameter type or value, data type mismatch. */
    private static final Set<String> UNREADABLE = Set.of("22003", "22018", "22023", "07006", "42821");

    @Override
    public QueryException connecting(SQLException failure) {
        SQLException told = innermost(failure);
        String state = state(told);
        boolean refused = state.startsWith("28") || state.equals("3D000") || state.equals("42501");
        return new QueryException(
                refused ? ErrorCode.SOURCE_REFUSED : ErrorCode.SOURCE_UNAVAILABLE,
                "Source '" + source + "' " + (refused ? "refused us at " : "cannot be reached at ") + host
                        + ", database '" + database + "': " + reason(told),
                failure);
    }

    @Override
    public QueryException reading(SQLException failure, long rows) {
        SQLException told = innermost(failure);
        ErrorCode code = isUnreadable(told) ? ErrorCode.SOURCE_CHANGED : code(state(told));
        String after = rows == 0 ? "" : " after " + rows + " rows";
        String said = switch (code) {
            case TIMED_OUT -> "Source '" + source + "' stopped the query" + after + ": " + reason(told);
            case SOURCE_CHANGED ->
                "Source '" + source + "' has changed since it was introspected: " + reason(told)
                        + ". Introspect it again";
            case READ_ONLY -> "The statement would write to source '" + source + "': " + reason(told);
            case SOURCE_REFUSED -> "Source '" + source + "' refused the read: " + reason(told);
            case SOURCE_READ_FAILED -> "Source '" + source + "' failed" + after + ": " + reason(told);
            default -> "Source '" + source + "': " + reason(told);
        };
        return new QueryException(code, said, failure);
    }

    /**
     * The driver itself says so of a value that it cannot turn into what we asked for. Types are chosen so that it always can: the column
     * must have another one than the registry knows.
     */
    private static boolean isUnreadable(SQLException failure) {
        boolean byDriver = failure instanceof PSQLException told && told.getServerErrorMessage() == null;
        return byDriver && UNREADABLE.contains(state(failure));
    }

    private static ErrorCode code(String state) {
        return switch (state) {
            case QUERY_CANCELED, LOCK_TIMEOUT -> ErrorCode.TIMED_OUT;
            case READ_ONLY -> ErrorCode.READ_ONLY;
            case "22003" -> ErrorCode.NUMERIC_OUT_OF_RANGE;
            case "22012" -> ErrorCode.DIVISION_BY_ZERO;
            case "22008" -> ErrorCode.DATETIME_OUT_OF_RANGE;
            case "22007" -> ErrorCode.INVALID_DATETIME;
            case "22P02", "22018" -> ErrorCode.INVALID_CAST;
            case "22025", "2201B" -> ErrorCode.INVALID_PATTERN;
            case "21000" -> ErrorCode.CARDINALITY_VIOLATION;
            // 0A000: a prepared plan whose table has other columns now.
            case "0A000", "42P01", "42703", "42704", "42883", "42804", "42846", "3F000" -> ErrorCode.SOURCE_CHANGED;
            case "42501" -> ErrorCode.SOURCE_REFUSED;
            default -> ErrorCode.SOURCE_READ_FAILED;
        };
    }

    /** The pool wraps the driver's exception; the driver's says why. */
    private static SQLException innermost(SQLException failure) {
        SQLException told = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                told = sql;
            }
        }
        return told;
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    String reason(SQLException failure) {
        @Nullable ServerErrorMessage server = failure instanceof PSQLException told ? told.getServerErrorMessage() : null;
        String said = server == null ? failure.getMessage() : server.getMessage();
        return said == null ? "no reason given" : said.strip().replaceAll("\\s+", " ");
    }
}
