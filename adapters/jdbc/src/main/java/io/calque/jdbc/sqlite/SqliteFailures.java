package io.calque.jdbc.sqlite;

import io.calque.jdbc.pool.SqlFailures;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.sql.SQLException;
import java.util.Locale;

/** What SQLite's result codes mean to a person. Immutable. */
record SqliteFailures(SourceId source, String file) implements SqlFailures {
    private static final int PRIMARY_CODE = 0xff;
    private static final int ERROR = 1;
    private static final int PERM = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int INTERRUPT = 9;
    private static final int CANTOPEN = 14;
    private static final int SCHEMA = 17;
    private static final int AUTH = 23;
    private static final int NOTADB = 26;

    @Override
    public QueryException connecting(SQLException failure) {
        SQLException told = innermost(failure);
        String problem = switch (told.getErrorCode() & PRIMARY_CODE) {
            case NOTADB -> "it is no SQLite database, or it is encrypted";
            case BUSY, LOCKED -> "another process holds it locked";
            default -> reason(told);
        };
        return new QueryException(
                ErrorCode.SOURCE_UNAVAILABLE, "Source '" + source + "' cannot open " + file + ": " + problem, failure);
    }

    @Override
    public QueryException reading(SQLException failure, long rows) {
        SQLException told = innermost(failure);
        ErrorCode code = code(told);
        String said = switch (code) {
            case SOURCE_CHANGED -> " has changed since it was introspected: " + reason(told) + ". Introspect it again";
            case READ_ONLY -> " only reads: " + reason(told);
            case SOURCE_READ_FAILED -> " failed" + (rows == 0 ? "" : " after " + rows + " rows") + ": " + reason(told);
            default -> ": " + reason(told);
        };
        return new QueryException(code, "Source '" + source + "'" + said, failure);
    }

    private static ErrorCode code(SQLException failure) {
        String reason = reason(failure).toLowerCase(Locale.ROOT);
        return switch (failure.getErrorCode() & PRIMARY_CODE) {
            case ERROR -> {
                if (reason.contains("integer overflow")) {
                    yield ErrorCode.NUMERIC_OUT_OF_RANGE;
                }
                yield reason.contains("no such") ? ErrorCode.SOURCE_CHANGED : ErrorCode.SOURCE_READ_FAILED;
            }
            case SCHEMA -> ErrorCode.SOURCE_CHANGED;
            case READONLY, AUTH -> ErrorCode.READ_ONLY;
            case PERM -> ErrorCode.SOURCE_REFUSED;
            case BUSY, LOCKED, CANTOPEN -> ErrorCode.SOURCE_UNAVAILABLE;
            case INTERRUPT -> ErrorCode.TIMED_OUT;
            default -> ErrorCode.SOURCE_READ_FAILED;
        };
    }

    private static SQLException innermost(SQLException failure) {
        SQLException told = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                told = sql;
            }
        }
        return told;
    }

    /** Without the driver's prefix: {@code [SQLITE_ERROR] SQL error or missing database (no such table: t)} says the last part. */
    static String reason(SQLException failure) {
        String said = failure.getMessage() == null ? "no reason given" : failure.getMessage();
        int open = said.indexOf(" (");
        boolean prefixed = said.startsWith("[SQLITE") && open > 0 && said.endsWith(")");
        return (prefixed ? said.substring(open + 2, said.length() - 1) : said).strip();
    }
}
