package io.calque.app.avatica;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says failures in Avatica's terms, and never sends a stack trace. */
final class ErrorResponses {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

    private ErrorResponses() {}

    static ErrorResponse of(Exception e) {
        if (e instanceof QueryException failure) {
            return response(failure.code(), String.valueOf(failure.getMessage()));
        }
        if (e instanceof NoSuchConnectionException) {
            // Avatica's clients open the connection anew when they meet this number
            return new ErrorResponse(
                    List.of(ErrorCode.STATEMENT_NOT_FOUND.name()),
                    "The connection has expired or the server was restarted",
                    ErrorResponse.MISSING_CONNECTION_ERROR_CODE,
                    "08003",
                    AvaticaSeverity.ERROR,
                    null);
        }
        if (e instanceof UnsupportedOperationException && e.getMessage() != null) {
            return response(ErrorCode.NOT_SUPPORTED, e.getMessage());
        }
        if (e instanceof java.io.IOException) {
            return response(ErrorCode.INVALID_PARAMETER, "The request cannot be read");
        }
        LOG.error("request failed", e);
        return response(ErrorCode.INTERNAL_ERROR, "A defect in Calque; the server's log has the details");
    }

    private static ErrorResponse response(ErrorCode code, String message) {
        // the name of the code stands where other servers send stack traces: Calque's driver tells by it what happened.
        // Plain clients show no other part of a failure to prepare, so the message stands there, too
        return new ErrorResponse(
                List.of(code.name(), message),
                message,
                VendorCode.of(code.sqlState()),
                code.sqlState(),
                AvaticaSeverity.ERROR,
                null);
    }
}
