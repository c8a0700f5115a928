package io.calque.testkit.fuzz;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Values of columns and of literals. Single-threaded. */
final class RandomValues {
    /** Mixed case, trailing blanks, wildcards, quotes, and code points around the surrogates, whose UTF-16 order is another. */
    static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "A",
            "a ",
            " a",
            "ab",
            "aB",
            "b",
            "B",
            "z",
            "Z",
            "0",
            "10",
            "9",
            "-1",
            "null",
            "%",
            "_",
            "a_b",
            "a%b",
            "a\\b",
            "it's",
            "\"q\"",
            "\u00e9",
            "e\u0301",
            "\u00df",
            "ss",
            "\u0130",
            "\u0131",
            "\uD83D\uDE00",
            "\uD83D\uDE00b",
            "\uFFFD",
            "\uE000",
            "\uFF5E",
            "$t",
            "$",
            "a.b",
            "{}",
            "two\nlines",
            "\t",
            "abc",
            "abcabc",
            "\u0416",
            "\u0436",
            "\u03a3",
            "\u03c2",
            "1e3",
            "true");

    private static final List<String> FEW = List.of("a", "b", "A", "a ", "\uD83D\uDE00", "");

    /** What many text columns hold and a pattern may be made from; none is empty. */
    static final List<String> LIKELY = Stream.concat(
                    TEXTS.stream(), Stream.generate(() -> FEW).limit(4).flatMap(List::stream))
            .filter(text -> !text.isEmpty())
            .toList();

    private final Dice dice;

    RandomValues(Dice dice) {
        this.dice = dice;
    }

    /**
     * @param row its number, from 0
     */
    Object of(FuzzColumn column, int row) {
        return switch (column.domain()) {
            case KEY -> (long) row + 1;
            case ORDINAL -> throw new IllegalArgumentException("an ordinal follows from its array");
            case LINK -> link(column.family());
            case TAME -> tame(column.storage());
            case WILD -> wild(column.storage());
        };
    }

    private Object link(Family family) {
        return family == Family.TEXT ? dice.pick(FEW) : (Object) (long) dice.between(0, 6);
    }

    Object tame(Storage storage) {
        if (storage == Storage.PG_UUID || storage == Storage.MONGO_UUID) {
            return new UUID(dice.between(0, 3) - 1L, dice.between(-2, 2)).toString();
        }
        if (storage == Storage.MONGO_OBJECT_ID) {
            return String.format(Locale.ROOT, "%08x%016x", dice.of(0x5f000000, -1, 7), (long) dice.between(0, 5));
        }
        if (storage == Storage.MONGO_STRING_OR_INT && dice.oneIn(3)) {
            return String.valueOf(dice.between(-2, 12));
        }
        return switch (storage.family()) {
            case BOOLEAN -> dice.oneIn(2);
            case INTEGER -> (long) dice.between(-9, 30);
            case DECIMAL -> BigDecimal.valueOf(dice.of(dice.between(-500, 500), dice.between(0, 5) * 50), 2);
            // Eighths: sums, in whatever order, are exact.
            case DOUBLE -> dice.between(-400, 400) / 8.0;
            case TEXT -> text(storage);
            case BINARY -> dice.of("", "a", "ab", "\u00ff", "\u0000").getBytes(StandardCharsets.ISO_8859_1);
            case DATE -> LocalDate.of(2020, 2, 27).plusDays(dice.between(0, 400));
            case TIME -> LocalTime.MIDNIGHT.plusMinutes(dice.between(0, 1439));
            case TIMESTAMP ->
                LocalDateTime.of(2020, 2, 28, 22, 0)
                        .plusMinutes(dice.between(0, 100) * 37L)
                        .plusNanos(dice.between(0, 3) * 1_000_000L);
            case INSTANT ->
                LocalDateTime.of(2021, 3, 28, 0, 0)
                        .plusMinutes(dice.between(0, 300) * 13L)
                        .toInstant(ZoneOffset.UTC);
        };
    }

    /** The embedded MongoDB server evaluates keys of a group twice, and then takes a text for the field that it seems to name; others do not. */
    private String text(Storage storage) {
        String text = dice.oneIn(2) ? dice.pick(TEXTS) : dice.pick(FEW);
        return Storage.in(Place.MONGO).contains(storage) && text.startsWith("$") ? "a" + text : text;
    }

    private Object wild(Storage storage) {
        if (dice.oneIn(3)) {
            return tame(storage);
        }
        return switch (storage) {
            case PG_SMALLINT -> (long) dice.of(Short.MIN_VALUE, Short.MAX_VALUE, (short) 0);
            case PG_INTEGER, MONGO_INT -> (long) dice.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -1);
            case PG_BIGINT, LITE_INTEGER, LITE_BIGINT, MONGO_LONG, MONGO_INT_OR_LONG ->
                dice.of(Long.MIN_VALUE, Long.MAX_VALUE, 9_007_199_254_740_993L, 9_007_199_254_740_992L, -1L);
            case PG_REAL ->
                (double) dice.of(Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0.1f, -0.0f, Float.NaN);
            case PG_DOUBLE, MONGO_DOUBLE ->
                dice.of(
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        0.1,
                        -0.0,
                        1e15,
                        1e-7,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY);
            case LITE_REAL, MONGO_INT_OR_DOUBLE ->
                dice.of(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0.1, -0.0, 1e15, 1e-7, 3.0);
            case PG_NUMERIC, LITE_DECIMAL ->
                new BigDecimal(BigInteger.valueOf(dice.of(99_999_999_999_999L, -99_999_999_999_999L, 1L, -1L, 0L)), 2);
            case PG_NUMERIC_FREE, MONGO_DECIMAL, MONGO_INT_OR_DECIMAL ->
                new BigDecimal(dice.of("0.10", "0.1", "-0.001", "123456789012345678.125", "0", "1", "1.5"));
            case PG_DATE, LITE_DATE, MONGO_DATE ->
                dice.of(
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(9999, 12, 31),
                        LocalDate.of(1582, 10, 10),
                        LocalDate.EPOCH,
                        LocalDate.of(1969, 12, 31));
            case PG_TIME, LITE_TIME ->
                dice.of(LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_000_000), LocalTime.of(1, 2, 3, 4_000_000));
            case PG_TIMESTAMP, LITE_DATETIME, MONGO_TIMESTAMP ->
                dice.of(
                        LocalDateTime.of(1, 1, 1, 0, 0),
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000),
                        LocalDateTime.of(1582, 10, 10, 12, 0),
                        LocalDateTime.of(2024, 3, 31, 2, 30));
            case PG_TIMESTAMPTZ, LITE_TIMESTAMPTZ ->
                dice.of(
                        Instant.parse("0001-01-02T00:00:00Z"),
                        Instant.parse("9999-12-30T23:59:59.999Z"),
                        Instant.parse("1969-12-31T23:59:59.999Z"),
                        Instant.parse("2024-03-31T01:00:00Z"));
            default -> tame(storage);
        };
    }
}
