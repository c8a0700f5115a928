package io.calque.app.client;

import io.calque.spi.QueryException;
import java.sql.SQLException;
import java.util.Optional;

/** A statement or a connection failed, here or at the server; what the user is told. */
public final class StatementFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public StatementFailedException(String message, String sqlState, Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    public static StatementFailedException of(QueryException failure) {
        return new StatementFailedException(
                Optional.ofNullable(failure.getMessage()).orElse("unknown failure"), failure.sqlState(), failure);
    }

    public static StatementFailedException of(SQLException failure) {
        String message = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        return new StatementFailedException(
                message, Optional.ofNullable(failure.getSQLState()).orElse("HY000"), failure);
    }

    public String sqlState() {
        return sqlState;
    }
}
