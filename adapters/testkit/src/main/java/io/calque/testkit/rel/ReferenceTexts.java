package io.calque.testkit.rel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Functions of text beyond the standard's, code point by code point. Stateless. */
final class ReferenceTexts {
    private ReferenceTexts() {}

    static Object value(RexCall call, List<@Nullable Object> arguments) {
        String text = (String) ReferenceExpressions.argument(arguments, 0);
        List<Integer> points = points(text);
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "LEFT" -> text(points.subList(0, end(points.size(), number(arguments, 1))));
            case "RIGHT" -> text(points.subList(start(points.size(), number(arguments, 1)), points.size()));
            case "LPAD" -> padded(points, arguments, true);
            case "RPAD" -> padded(points, arguments, false);
            case "REVERSE" -> {
                List<Integer> reversed = new ArrayList<>(points);
                Collections.reverse(reversed);
                yield text(reversed);
            }
            case "TRANSLATE3" -> translated(points, points(text(arguments, 1)), points(text(arguments, 2)));
            case "SPLIT_PART" -> split(text, text(arguments, 1), number(arguments, 2));
            case "STARTS_WITH" -> text.startsWith(text(arguments, 1));
            case "OCTET_LENGTH" -> (long) text.getBytes(StandardCharsets.UTF_8).length;
            case "ASCII" -> points.isEmpty() ? 0L : (long) points.get(0);
            case "MD5" -> md5(text);
            case "OVERLAY" -> overlaid(points, arguments);
            default -> throw new IllegalArgumentException("the reference does not know " + call);
        };
    }

    private static List<Integer> points(String text) {
        return text.codePoints().boxed().toList();
    }

    private static String text(List<Integer> points) {
        return points.stream().map(Character::toString).collect(Collectors.joining());
    }

    private static String text(List<@Nullable Object> arguments, int index) {
        return (String) ReferenceExpressions.argument(arguments, index);
    }

    private static int number(List<@Nullable Object> arguments, int index) {
        return ((Number) ReferenceExpressions.argument(arguments, index)).intValue();
    }

    private static int end(int length, int count) {
        return count < 0 ? Math.max(0, length + count) : Math.min(length, count);
    }

    private static int start(int length, int count) {
        return count < 0 ? Math.min(length, -count) : Math.max(0, length - count);
    }

    private static String padded(List<Integer> points, List<@Nullable Object> arguments, boolean left) {
        int length = Math.max(0, number(arguments, 1));
        List<Integer> fill = points(arguments.size() > 2 ? text(arguments, 2) : " ");
        List<Integer> padding = new ArrayList<>();
        while (!fill.isEmpty() && points.size() + padding.size() < length) {
            padding.add(fill.get(padding.size() % fill.size()));
        }
        String kept = text(points.subList(0, Math.min(length, points.size())));
        return left ? text(padding) + kept : kept + text(padding);
    }

    private static String translated(List<Integer> points, List<Integer> from, List<Integer> to) {
        List<Integer> translated = new ArrayList<>();
        for (int point : points) {
            int place = from.indexOf(point);
            if (place < 0) {
                translated.add(point);
            } else if (place < to.size()) {
                translated.add(to.get(place));
            }
        }
        return text(translated);
    }

    private static String split(String text, String delimiter, int field) {
        String rest = text;
        for (int i = 1; ; i++) {
            int at = delimiter.isEmpty() ? -1 : rest.indexOf(delimiter);
            String part = at < 0 ? rest : rest.substring(0, at);
            if (i == field) {
                return part;
            }
            if (at < 0) {
                return "";
            }
            rest = rest.substring(at + delimiter.length());
        }
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String overlaid(List<Integer> points, List<@Nullable Object> arguments) {
        String replacement = text(arguments, 1);
        int from = number(arguments, 2) - 1;
        int length = arguments.size() > 3
                ? number(arguments, 3)
                : points(replacement).size();
        int cut = Math.min(points.size(), from);
        return text(points.subList(0, cut))
                + replacement
                + text(points.subList(Math.min(points.size(), from + length), points.size()));
    }
}
