package io.calque.testkit.rel;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** What functions of text, numbers and dates mean; positions and lengths count code points. Stateless. */
final class ReferenceFunctions {
    private static final int NO_ESCAPE = -1;

    private ReferenceFunctions() {}

    static Object value(RexCall call, List<@Nullable Object> arguments) {
        Object first = ReferenceExpressions.argument(arguments, 0);
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "UPPER" -> ((String) first).toUpperCase(Locale.ROOT);
            case "LOWER" -> ((String) first).toLowerCase(Locale.ROOT);
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> (long) points((String) first).length;
            case "||" -> (String) first + ReferenceExpressions.argument(arguments, 1);
            case "SUBSTRING" -> substring(arguments);
            case "TRIM" -> trim(arguments);
            case "REPLACE" ->
                ((String) ReferenceExpressions.argument(arguments, 1)).isEmpty()
                        ? first
                        : ((String) first).replace((String) ReferenceExpressions.argument(arguments, 1), (String)
                                ReferenceExpressions.argument(arguments, 2));
            case "POSITION" -> position((String) first, (String) ReferenceExpressions.argument(arguments, 1));
            case "LIKE" -> like(arguments);
            case "NOT LIKE" -> !like(arguments);
            case "ABS" -> absolute((Number) first, call);
            case "FLOOR" ->
                arguments.size() == 2
                        ? ReferenceTimes.floor(
                                (Long) first, (String) ReferenceExpressions.argument(arguments, 1), call.getType())
                        : rounded((Number) first, RoundingMode.FLOOR);
            case "CEIL" -> rounded((Number) first, RoundingMode.CEILING);
            case "DAYS_BETWEEN" -> (Long) first - (Long) ReferenceExpressions.argument(arguments, 1);
            case "ADD_DAYS" -> (Long) first + (Long) ReferenceExpressions.argument(arguments, 1);
            case "SIGN" ->
                first instanceof Double d
                        ? (Object) Math.signum(d)
                        : ReferenceExpressions.fitted(
                                ValueOrder.exact((Number) first).signum(), call.getType());
            case "ROUND", "TRUNC" -> ReferenceRounding.rounded(call, arguments);
            case "TO_CHAR" -> ReferenceTimes.format((Long) first, (String) ReferenceExpressions.argument(arguments, 1));
            case "EXTRACT" ->
                ReferenceTimes.extract((String) first, call, (Long) ReferenceExpressions.argument(arguments, 1));
            default -> ReferenceTexts.value(call, arguments);
        };
    }

    private static int[] points(String text) {
        return text.codePoints().toArray();
    }

    private static String substring(List<@Nullable Object> arguments) {
        int[] points = points((String) ReferenceExpressions.argument(arguments, 0));
        long from = ((Number) ReferenceExpressions.argument(arguments, 1)).longValue();
        long to = points.length + 1L;
        if (arguments.size() > 2) {
            long length = ((Number) ReferenceExpressions.argument(arguments, 2)).longValue();
            if (length < 0) {
                throw new QueryException(ErrorCode.DATA_EXCEPTION, "negative substring length");
            }
            to = Math.min(to, from + length);
        }
        int start = (int) Math.max(1, Math.min(from, points.length + 1L)) - 1;
        int end = (int) Math.max(1, to) - 1;
        return end <= start ? "" : new String(points, start, end - start);
    }

    private static String trim(List<@Nullable Object> arguments) {
        String flag = (String) ReferenceExpressions.argument(arguments, 0);
        int pad = points((String) ReferenceExpressions.argument(arguments, 1))[0];
        int[] points = points((String) ReferenceExpressions.argument(arguments, 2));
        int start = 0;
        int end = points.length;
        while (!flag.equals("TRAILING") && start < end && points[start] == pad) {
            start++;
        }
        while (!flag.equals("LEADING") && end > start && points[end - 1] == pad) {
            end--;
        }
        return new String(points, start, end - start);
    }

    private static Long position(String wanted, String text) {
        int at = text.indexOf(wanted);
        return at < 0 ? 0L : text.codePointCount(0, at) + 1L;
    }

    /** Without an operand for it there is no escape character: SQL's default, a backslash, is spelled out by then. */
    private static boolean like(List<@Nullable Object> arguments) {
        int[] text = points((String) ReferenceExpressions.argument(arguments, 0));
        int[] pattern = points((String) ReferenceExpressions.argument(arguments, 1));
        int[] escape = arguments.size() > 2 ? points((String) ReferenceExpressions.argument(arguments, 2)) : new int[0];
        return like(text, 0, pattern, 0, escape.length == 0 ? NO_ESCAPE : escape[0]);
    }

    private static boolean like(int[] text, int at, int[] pattern, int step, int escape) {
        if (step == pattern.length) {
            return at == text.length;
        }
        if (pattern[step] == escape) {
            if (step + 1 == pattern.length) {
                throw new QueryException(ErrorCode.INVALID_PATTERN, "a pattern ends in its escape character");
            }
            return at < text.length && text[at] == pattern[step + 1] && like(text, at + 1, pattern, step + 2, escape);
        }
        if (pattern[step] == '%') {
            for (int rest = at; rest <= text.length; rest++) {
                if (like(text, rest, pattern, step + 1, escape)) {
                    return true;
                }
            }
            return false;
        }
        return at < text.length
                && (pattern[step] == '_' || pattern[step] == text[at])
                && like(text, at + 1, pattern, step + 1, escape);
    }

    private static Object absolute(Number number, RexCall call) {
        return number instanceof Double d
                ? (Object) Math.abs(d)
                : ReferenceExpressions.fitted(ValueOrder.exact(number).abs(), call.getType());
    }

    private static Object rounded(Number number, RoundingMode mode) {
        if (number instanceof Double d) {
            return mode == RoundingMode.FLOOR ? Math.floor(d) : Math.ceil(d);
        }
        return number instanceof BigDecimal decimal ? decimal.setScale(0, mode) : number;
    }
}
