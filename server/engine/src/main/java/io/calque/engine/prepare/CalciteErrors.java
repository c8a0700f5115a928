package io.calque.engine.prepare;

import io.calque.engine.names.Positions;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Gives Calcite's errors, which carry no SQLSTATE, a code and a message for people. Stateless. */
final class CalciteErrors {
    private record Classification(Pattern pattern, ErrorCode code) {}

    private static final List<Classification> CODES = List.of(
            of("Column '.*' not found.*|Unknown field '.*'|Table '.*' not found", ErrorCode.COLUMN_NOT_FOUND),
            of("Column .*ambiguous.*", ErrorCode.COLUMN_AMBIGUOUS),
            of("Object '.*' not found.*", ErrorCode.TABLE_NOT_FOUND),
            of("No match found for function signature.*|Invalid number of arguments.*", ErrorCode.FUNCTION_NOT_FOUND),
            of("Cannot apply .*to arguments of type.*", ErrorCode.FUNCTION_NOT_FOUND),
            of(
                    ".*not being grouped.*|.*[Aa]ggregate expression.*|.*must not contain.*aggregate.*",
                    ErrorCode.GROUPING_ERROR),
            of(
                    ".*Cannot cast.*|.*[Vv]alues passed to.*|.*must have the same type.*|Type mismatch.*",
                    ErrorCode.TYPE_MISMATCH),
            of("Illegal use of dynamic parameter", ErrorCode.TYPE_MISMATCH),
            of("Illegal (DATE|TIME|TIMESTAMP) literal.*", ErrorCode.INVALID_DATETIME),
            of("Numeric literal .* out of range.*", ErrorCode.NUMERIC_OUT_OF_RANGE));

    private static final Pattern EXPECTED = Pattern.compile("(?s)(.*?)\\s*Was expecting.*");

    private CalciteErrors() {}

    private static Classification of(String regex, ErrorCode code) {
        return new Classification(Pattern.compile(regex, Pattern.DOTALL), code);
    }

    static QueryException syntax(SqlParseException e) {
        String message = String.valueOf(e.getMessage());
        Matcher expected = EXPECTED.matcher(message);
        String brief = expected.matches() ? expected.group(1) : message;
        SqlParserPos at = e.getPos();
        brief = brief.replaceAll("\\s*at line \\d+, column \\d+\\.?", "").strip();
        return at == null
                ? new QueryException(ErrorCode.SYNTAX_ERROR, brief, e)
                : new QueryException(
                        ErrorCode.SYNTAX_ERROR, Positions.text(at.getLineNum(), at.getColumnNum()) + brief, e);
    }

    /** Whatever validation or conversion throws. */
    static QueryException validation(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof QueryException ours) {
                return ours;
            }
        }
        if (e instanceof CalciteContextException context) {
            Throwable cause = context.getCause();
            String message = String.valueOf((cause == null ? context : cause).getMessage());
            String place = context.getPosLine() > 0 ? Positions.text(context.getPosLine(), context.getPosColumn()) : "";
            return new QueryException(code(message), place + message, e);
        }
        if (e instanceof UnsupportedOperationException) {
            return new QueryException(
                    ErrorCode.NOT_SUPPORTED, "This form of SQL is not supported: " + firstLine(e.getMessage()), e);
        }
        return new QueryException(ErrorCode.INTERNAL_ERROR, "Planning failed: " + firstLine(e.toString()), e);
    }

    private static ErrorCode code(String message) {
        return CODES.stream()
                .filter(c -> c.pattern().matcher(message).matches())
                .map(Classification::code)
                .findFirst()
                .orElse(ErrorCode.INVALID_STATEMENT);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no details" : message.lines().findFirst().orElse("no details");
    }
}
