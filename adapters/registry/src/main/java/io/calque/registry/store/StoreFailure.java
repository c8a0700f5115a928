package io.calque.registry.store;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says a failure of the registry's file so that a person can mend it. Stateless. */
final class StoreFailure {
    private StoreFailure() {}

    static QueryException of(String location, SQLException failure) {
        SQLiteErrorCode code = failure instanceof SQLiteException sqlite
                ? sqlite.getResultCode()
                : SQLiteErrorCode.getErrorCode(failure.getErrorCode());
        // Extended codes keep the primary one in their low byte.
        SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(code.code & 0xff);
        return switch (primary) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new QueryException(
                        ErrorCode.REGISTRY_BUSY,
                        "Another process holds the schema registry " + location + "; try again when it is done",
                        failure);
            case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_FORMAT ->
                new QueryException(
                        ErrorCode.REGISTRY_FAILED,
                        "The schema registry " + location + " is damaged or no SQLite file; it is left as it is."
                                + " Restore a copy, or move it away and introspect again (views are lost then)",
                        failure);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                new QueryException(
                        ErrorCode.REGISTRY_FAILED,
                        "The schema registry " + location
                                + " cannot be written; give this user the right to write the file"
                                + " and its directory",
                        failure);
            case SQLITE_FULL ->
                new QueryException(
                        ErrorCode.REGISTRY_FAILED,
                        "The disk that holds the schema registry " + location + " is full; nothing was changed",
                        failure);
            case SQLITE_CANTOPEN ->
                new QueryException(
                        ErrorCode.REGISTRY_FAILED,
                        "The schema registry " + location
                                + " cannot be opened; its directory must exist and be writable",
                        failure);
            default ->
                new QueryException(
                        ErrorCode.REGISTRY_FAILED,
                        "The schema registry " + location + " failed: " + failure.getMessage(),
                        failure);
        };
    }
}
