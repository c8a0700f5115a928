package io.calque.nl2plan.draft.request;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;

/** Units that the time between two moments is told in; months and years of average length. */
public enum SpanUnit {
    SECOND(1),
    MINUTE(60),
    HOUR(3_600),
    DAY(86_400),
    WEEK(604_800),
    MONTH(2_629_800),
    YEAR(31_557_600);

    private final BigDecimal seconds;

    SpanUnit(long seconds) {
        this.seconds = BigDecimal.valueOf(seconds);
    }

    public static Optional<SpanUnit> of(String word) {
        String said = word.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
        // as many nights as there are days from the first to the last
        String singular = said.equals("night") ? "day" : said;
        for (SpanUnit unit : values()) {
            if (unit.name().toLowerCase(Locale.ROOT).equals(singular)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    String plural() {
        return name().toLowerCase(Locale.ROOT) + "s";
    }

    /** A number of seconds, as SQL, in this unit. */
    String ofSeconds(String sql) {
        return this == SECOND ? sql : sql + " / " + seconds.toPlainString() + ".0";
    }

    /** A whole number of days, as SQL, in this unit. */
    String ofDays(String sql) {
        BigDecimal days = seconds.divide(DAY.seconds, MathContext.DECIMAL64);
        return this == DAY
                ? sql
                : compareTo(DAY) < 0
                        ? sql + " * " + DAY.seconds.divide(seconds).toPlainString()
                        : sql + " / " + days.toPlainString() + (days.scale() > 0 ? "" : ".0");
    }
}
