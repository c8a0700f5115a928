package io.calque.driver;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import org.apache.calcite.avatica.proto.Responses;

/** Turns the server's error responses into the SQLException of the right class. */
final class ServerError {
    private ServerError() {}

    static SQLException of(Responses.ErrorResponse error) {
        String message = error.getErrorMessage();
        String state = error.getSqlState();
        int code = error.getErrorCode();
        // Calque's server puts the stable name of its error code where others put stack traces
        String name = error.getExceptionsCount() == 0 ? "" : error.getExceptions(0);
        if (name.equals("TIMED_OUT")) {
            return new SQLTimeoutException(message, state, code);
        }
        switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "0A":
                return new SQLFeatureNotSupportedException(message, state, code);
            case "22":
                return new SQLDataException(message, state, code);
            case "28":
                return new SQLInvalidAuthorizationSpecException(message, state, code);
            case "42":
                return new SQLSyntaxErrorException(message, state, code);
            case "53":
            case "HV":
                return new SQLTransientException(message, state, code);
            case "25":
                return new SQLNonTransientException(message, state, code);
            default:
                return new SQLException(message, state, code);
        }
    }

    static SQLException unsupported(String what) {
        return new SQLFeatureNotSupportedException(what, "0A000");
    }
}
