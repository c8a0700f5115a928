package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;

/** Gives what compiled code throws a code and a message for people. Stateless. */
final class RuntimeErrors {
    private RuntimeErrors() {}

    static QueryException of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof QueryException ours) {
                return ours;
            }
        }
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        if (root instanceof ArithmeticException) {
            boolean division = message.contains("zero") || message.contains("undefined");
            return division
                    ? new QueryException(ErrorCode.DIVISION_BY_ZERO, "Division by zero", thrown)
                    : new QueryException(
                            ErrorCode.NUMERIC_OUT_OF_RANGE, "A number is out of range: " + message, thrown);
        }
        if (root instanceof NumberFormatException) {
            return new QueryException(ErrorCode.INVALID_CAST, "Not a number: " + message, thrown);
        }
        if (message.contains("more than one value")) {
            return new QueryException(
                    ErrorCode.CARDINALITY_VIOLATION, "A scalar subquery returned more than one row", thrown);
        }
        if (root instanceof OutOfMemoryError) {
            return new QueryException(ErrorCode.OUT_OF_MEMORY, "The process ran out of memory", thrown);
        }
        return new QueryException(ErrorCode.INTERNAL_ERROR, "The query failed: " + root, thrown);
    }
}
