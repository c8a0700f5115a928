package io.calque.testkit.rel;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** What functions of text, numbers and dates mean; positions and lengths count code points. Stateless. */
final class ReferenceFunctions {
    private static final long MILLIS_PER_DAY = 86_400_000L;
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
                arguments.size() > 1
                        ? beginning((Long) first, call, (String) ReferenceExpressions.argument(arguments, 1))
                        : rounded((Number) first, RoundingMode.FLOOR);
            case "CEIL" -> rounded((Number) first, RoundingMode.CEILING);
            case "EXTRACT" -> extract((String) first, call, (Long) ReferenceExpressions.argument(arguments, 1));
            default -> throw new IllegalArgumentException("the reference does not know " + call);
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

    private static LocalDateTime clock(long value, RexNode operand) {
        boolean date = operand.getType().getSqlTypeName() == SqlTypeName.DATE;
        long millis = date ? value * MILLIS_PER_DAY : value;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    private static Long beginning(long value, RexCall call, String unit) {
        LocalDateTime time = clock(value, call.getOperands().get(0));
        LocalDateTime midnight = time.truncatedTo(ChronoUnit.DAYS);
        LocalDateTime beginning = switch (unit) {
            case "YEAR" -> midnight.withDayOfYear(1);
            case "MONTH" -> midnight.withDayOfMonth(1);
            case "WEEK" -> midnight.minusDays(time.getDayOfWeek().getValue() - 1L);
            case "DAY" -> midnight;
            case "HOUR" -> time.truncatedTo(ChronoUnit.HOURS);
            case "MINUTE" -> time.truncatedTo(ChronoUnit.MINUTES);
            case "SECOND" -> time.truncatedTo(ChronoUnit.SECONDS);
            default -> throw new IllegalArgumentException("the reference does not know the unit " + unit);
        };
        return call.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.DATE
                ? beginning.toLocalDate().toEpochDay()
                : (Long) beginning.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static Long extract(String unit, RexCall call, long value) {
        LocalDateTime time = clock(value, call.getOperands().get(1));
        return switch (unit) {
            case "YEAR" -> (long) time.getYear();
            case "QUARTER" -> (time.getMonthValue() + 2L) / 3;
            case "MONTH" -> (long) time.getMonthValue();
            case "DAY" -> (long) time.getDayOfMonth();
            case "DOY" -> (long) time.getDayOfYear();
            case "DOW" -> time.getDayOfWeek().getValue() % 7L;
            case "ISODOW" -> (long) time.getDayOfWeek().getValue();
            case "WEEK" -> (long) time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "ISOYEAR" -> (long) time.get(IsoFields.WEEK_BASED_YEAR);
            case "HOUR" -> (long) time.getHour();
            case "MINUTE" -> (long) time.getMinute();
            default -> throw new IllegalArgumentException("the reference does not know the unit " + unit);
        };
    }
}
