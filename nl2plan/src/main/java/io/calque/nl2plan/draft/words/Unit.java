package io.calque.nl2plan.draft.words;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Units that numbers are given in, each as so many of the smallest of its kind. */
public enum Unit {
    MILLISECOND(Kind.TIME, 1, "millisecond", "ms"),
    SECOND(Kind.TIME, 1_000, "second", "sec"),
    MINUTE(Kind.TIME, 60_000, "minute", "min"),
    HOUR(Kind.TIME, 3_600_000, "hour"),
    BYTE(Kind.SIZE, 1, "byte"),
    KILOBYTE(Kind.SIZE, 1_000, "kilobyte", "kb"),
    MEGABYTE(Kind.SIZE, 1_000_000, "megabyte", "mb"),
    GIGABYTE(Kind.SIZE, 1_000_000_000, "gigabyte", "gb"),
    GRAM(Kind.WEIGHT, 1, "gram"),
    KILOGRAM(Kind.WEIGHT, 1_000, "kilogram", "kilo", "kg", "kgs"),
    TONNE(Kind.WEIGHT, 1_000_000, "tonne"),
    METER(Kind.LENGTH, 1, "meter", "metre"),
    KILOMETER(Kind.LENGTH, 1_000, "kilometer", "kilometre", "km", "kms"),
    CENT(Kind.MONEY, 1, "cent"),
    DOLLAR(Kind.MONEY, 100, "dollar", "usd", "euro", "eur", "pound"),
    PERCENT(Kind.SHARE, 1, "percent", "%");

    /** What is measured. */
    public enum Kind {
        TIME,
        SIZE,
        WEIGHT,
        LENGTH,
        MONEY,
        SHARE;

        /** Whether columns are named after what is measured so, or after its units. */
        public boolean isHeldByColumns() {
            return this != MONEY && this != SHARE;
        }
    }

    private final Kind kind;
    private final BigDecimal size;
    private final List<String> words;

    Unit(Kind kind, long size, String... words) {
        this.kind = kind;
        this.size = BigDecimal.valueOf(size);
        this.words = List.of(words);
    }

    public Kind kind() {
        return kind;
    }

    /** So many of this unit in the other. */
    public BigDecimal in(Unit other, BigDecimal value) {
        return value.multiply(size)
                .divide(other.size, java.math.MathContext.DECIMAL64)
                .stripTrailingZeros();
    }

    /** How many of the other make one of this. */
    BigDecimal per(Unit other) {
        return in(other, BigDecimal.ONE);
    }

    public static Optional<Unit> of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (Unit unit : values()) {
            for (String name : unit.words) {
                if (lower.equals(name) || lower.equals(name + "s")) {
                    return Optional.of(unit);
                }
            }
        }
        return Optional.empty();
    }
}
