package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.request.TimeUnit;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads times in words: days, months, quarters, years, ranges of them, and stretches that end today. Used for one question. */
public final class PeriodReader {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> MONTH_NAMES = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth");
    private static final Set<String> BEFORE_PERIOD = Set.of("in", "on", "during", "of", "for", "within", "over");

    private final List<Token> tokens;
    private final Asides asides;

    PeriodReader(List<Token> tokens, Asides asides) {
        this.tokens = tokens;
        this.asides = asides;
    }

    /** @param end index of the first token after the words of the period */
    record Read(Period period, int end) {}

    /** The period whose words begin at this token. */
    Optional<Read> at(int i) {
        Optional<Read> range = range(i);
        return range.isPresent() ? range : bounded(i);
    }

    /** "the 90 days until 30 June 2012", "in the three months before 1 April". */
    private Optional<Read> stretch(int i) {
        int from = word(i, "in") || word(i, "over") || word(i, "during") || word(i, "within") ? i + 1 : i;
        int countAt = word(from, "the") ? from + 1 : from;
        Optional<Integer> count = count(countAt);
        Optional<TimeUnit> unit = count.flatMap(c -> unit(countAt + 1));
        boolean before = word(countAt + 2, "before");
        boolean until = word(countAt + 2, "until") || word(countAt + 2, "to");
        if (unit.isEmpty() || !before && !until) {
            return Optional.empty();
        }
        return period(countAt + 3)
                .filter(p ->
                        p.period().from().isPresent() && p.period().before().isPresent())
                .map(p -> {
                    String end = before
                            ? p.period().from().orElseThrow()
                            : p.period().before().orElseThrow();
                    return new Read(
                            Period.between(end + " - " + interval(unit.get(), count.orElseThrow()), end), p.end());
                });
    }

    /** "from June through August 1996": the year is said once. */
    private Optional<Read> months(int i) {
        int first = month(i);
        boolean joined = word(i + 1, "to") || word(i + 1, "through") || word(i + 1, "until") || word(i + 1, "and");
        int last = joined ? month(i + 2) : 0;
        int yearAt = word(i + 3, "of") ? i + 4 : i + 3;
        if (first == 0 || last < first) {
            return Optional.empty();
        }
        return number(yearAt, 1900, 2100)
                .map(year -> new Read(
                        Period.between(
                                literal(LocalDate.of(year, first, 1)),
                                literal(LocalDate.of(year, last, 1).plusMonths(1))),
                        yearAt + 1));
    }

    private Optional<Read> range(int i) {
        Optional<Read> stretch = stretch(i);
        if (stretch.isPresent()) {
            return stretch;
        }
        boolean between = word(i, "between");
        if (!between && !word(i, "from")) {
            return Optional.empty();
        }
        Optional<Read> months = months(i + 1);
        if (months.isPresent()) {
            return months;
        }
        return edge(i + 1).flatMap(first -> {
            int and = first.end();
            boolean joined = word(and, "and")
                    || word(and, "to")
                    || word(and, "until")
                    || word(and, "through")
                    || word(and, "till");
            return joined
                    ? edge(and + 1).map(last -> new Read(first.period().through(last.period()), last.end()))
                    : Optional.<Read>empty();
        });
    }

    /** "the end of February 2024", where only that it is the last day matters: the whole period. */
    private Optional<Read> edge(int i) {
        int at = word(i, "the") ? i + 1 : i;
        if (!isEdge(i)) {
            return period(at);
        }
        int of = at + 2;
        return period(word(of, "the") ? of + 1 : of);
    }

    private boolean isEdge(int i) {
        int at = word(i, "the") ? i + 1 : i;
        return (word(at, "end") || word(at, "beginning") || word(at, "start")) && word(at + 1, "of");
    }

    private Optional<Read> bounded(int i) {
        if (word(i, "on") && word(i + 1, "or") && (word(i + 2, "after") || word(i + 2, "before"))) {
            return period(i + 3)
                    .map(p -> new Read(
                            word(i + 2, "after")
                                    ? p.period().onwards()
                                    : p.period().upTo(),
                            p.end()));
        }
        boolean not = word(i, "no") || word(i, "not");
        if (not && (word(i + 1, "later") || word(i + 1, "earlier")) && word(i + 2, "than")) {
            return period(word(i + 3, "the") ? i + 4 : i + 3)
                    .map(p -> new Read(
                            word(i + 1, "later")
                                    ? p.period().upTo()
                                    : p.period().onwards(),
                            p.end()));
        }
        if (word(i, "since") || word(i, "starting") && word(i + 1, "from")) {
            return edge(word(i, "since") ? i + 1 : i + 2)
                    .map(p -> new Read(p.period().onwards(), p.end()));
        }
        if (word(i, "after") || word(i, "later") && word(i + 1, "than")) {
            return period(word(i, "after") ? i + 1 : i + 2)
                    .map(p -> new Read(p.period().afterwards(), p.end()));
        }
        if (word(i, "before") && isEdge(i + 1)) {
            boolean end = word(i + 1, "end") || word(i + 2, "end");
            return edge(i + 1)
                    .map(p -> new Read(end ? p.period().upTo() : p.period().earlier(), p.end()));
        }
        if (word(i, "before") || word(i, "prior") && word(i + 1, "to")) {
            return period(word(i, "before") ? i + 1 : i + 2)
                    .map(p -> new Read(p.period().earlier(), p.end()));
        }
        if (word(i, "until") || word(i, "till") || word(i, "through") || word(i, "by") && isEdge(i + 1)) {
            return edge(i + 1).map(p -> new Read(p.period().upTo(), p.end()));
        }
        if (i < tokens.size() && BEFORE_PERIOD.contains(tokens.get(i).lower())) {
            return period(word(i + 1, "the") ? i + 2 : i + 1);
        }
        return period(word(i, "the") ? i + 1 : i);
    }

    private Optional<Read> period(int i) {
        Optional<Read> read = relative(i);
        for (int form = 0; read.isEmpty() && form < 4; form++) {
            read = form == 0 ? day(i) : form == 1 ? quarter(i) : form == 2 ? half(i) : monthOrYear(i);
        }
        return read;
    }

    private Optional<Read> day(int i) {
        if (i >= tokens.size()) {
            return Optional.empty();
        }
        if (tokens.get(i).kind() == Token.Kind.DATE) {
            try {
                String[] parts = tokens.get(i).text().split("-");
                return Optional.of(new Read(
                        day(LocalDate.of(
                                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))),
                        i + 1));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        int month = month(i);
        Optional<Integer> dayAfter = number(i + 1, 1, 31);
        if (month > 0 && dayAfter.isPresent()) {
            int at = comma(i + 2) ? i + 3 : i + 2;
            return number(at, 1900, 2100).flatMap(year -> day(year, month, dayAfter.get(), at + 1));
        }
        Optional<Integer> dayBefore = number(i, 1, 31);
        int next = word(i + 1, "of") ? i + 2 : i + 1;
        if (dayBefore.isPresent() && month(next) > 0) {
            int at = comma(next + 1) ? next + 2 : next + 1;
            return number(at, 1900, 2100).flatMap(year -> day(year, month(next), dayBefore.get(), at + 1));
        }
        return Optional.empty();
    }

    private static Optional<Read> day(int year, int month, int day, int end) {
        return YearMonth.of(year, month).isValidDay(day)
                ? Optional.of(new Read(day(LocalDate.of(year, month, day)), end))
                : Optional.empty();
    }

    private static Period day(LocalDate day) {
        return Period.between(literal(day), literal(day.plusDays(1)));
    }

    private static String literal(LocalDate day) {
        return "DATE '" + day + "'";
    }

    private Optional<Read> quarter(int i) {
        int quarter = 0;
        int at = i;
        if (i < tokens.size() && tokens.get(i).lower().matches("q[1-4]")) {
            quarter = tokens.get(i).lower().charAt(1) - '0';
            at = i + 1;
        } else if (word(i + 1, "quarter")) {
            String written = tokens.get(i).lower();
            quarter = ORDINALS.indexOf(written) + 1;
            quarter = quarter > 0 ? quarter : number(i, 1, 4).orElse(0);
            at = i + 2;
        }
        if (quarter == 0) {
            return Optional.empty();
        }
        return monthsOfYear(at, quarter * 3 - 2, 3);
    }

    /** "first half of 2024", "H2 2024". */
    private Optional<Read> half(int i) {
        boolean first = word(i, "first") || word(i, "h1");
        boolean second = word(i, "second") || word(i, "h2");
        boolean written = word(i, "h1") || word(i, "h2");
        if (!first && !second || !written && !word(i + 1, "half")) {
            return Optional.empty();
        }
        int at = written ? i + 1 : i + 2;
        return monthsOfYear(at, first ? 1 : 7, 6);
    }

    /** Months of the year said next, which may be told from today: "of 2024", "of last year". */
    private Optional<Read> monthsOfYear(int at, int first, int months) {
        int yearAt = word(at, "of") || word(at, "in") ? at + 1 : at;
        Optional<Read> written = number(yearAt, 1900, 2100).map(year -> {
            LocalDate start = LocalDate.of(year, first, 1);
            return new Read(Period.between(literal(start), literal(start.plusMonths(months))), yearAt + 1);
        });
        return written.or(() -> toldFromToday(yearAt, first, months));
    }

    private Optional<Read> toldFromToday(int i, int first, int months) {
        int at = word(i, "the") ? i + 1 : i;
        boolean last = word(at, "last") || word(at, "previous");
        if (!last && !word(at, "this") && !word(at, "current") || !word(at + 1, "year")) {
            return Optional.empty();
        }
        String year = start(TimeUnit.YEAR, last ? 1 : 0);
        String from = first == 1 ? year : year + " + " + interval(TimeUnit.MONTH, first - 1);
        return Optional.of(new Read(
                Period.between(from, year + " + " + interval(TimeUnit.MONTH, first - 1 + months)), at + 2));
    }

    private Optional<Read> monthOrYear(int i) {
        int month = month(i);
        if (month > 0) {
            return monthsOfYear(comma(i + 1) ? i + 2 : i + 1, month, 1);
        }
        int first = word(i, "the") && word(i + 1, "year") ? i + 1 : i;
        int at = word(first, "year") ? word(first + 1, "of") ? first + 2 : first + 1 : i;
        return number(at, 1900, 2100)
                .map(year -> new Read(
                        Period.between(literal(LocalDate.of(year, 1, 1)), literal(LocalDate.of(year + 1, 1, 1))),
                        at + 1));
    }

    private Optional<Read> relative(int i) {
        if (word(i, "today")) {
            return Optional.of(new Read(Period.between("CURRENT_DATE", "CURRENT_DATE + INTERVAL '1' DAY"), i + 1));
        }
        if (word(i, "yesterday")) {
            return Optional.of(new Read(Period.between("CURRENT_DATE - INTERVAL '1' DAY", "CURRENT_DATE"), i + 1));
        }
        boolean last = word(i, "last") || word(i, "previous") || word(i, "prior");
        boolean past = word(i, "past") || word(i, "preceding") || word(i, "trailing");
        boolean now = word(i, "this") || word(i, "current");
        if (!last && !past && !now) {
            return Optional.empty();
        }
        Optional<Integer> count = count(i + 1);
        int unitAt = count.isPresent() ? i + 2 : i + 1;
        unitAt = word(unitAt, "calendar") || word(unitAt, "iso") || word(unitAt, "full") ? unitAt + 1 : unitAt;
        Optional<TimeUnit> unit = unit(unitAt);
        if (unit.isEmpty() || now && count.isPresent()) {
            return Optional.empty();
        }
        int end = unitAt + 1;
        if (now) {
            return Optional.of(new Read(
                    new Period(Optional.of(start(unit.get(), 0)), Optional.of(start(unit.get(), -1))), end));
        }
        boolean whole = last && count.isEmpty() || asides == Asides.EXCLUDE_CURRENT;
        if (whole && unit.get() != TimeUnit.DAY) {
            return Optional.of(new Read(Period.between(start(unit.get(), count.orElse(1)), start(unit.get(), 0)), end));
        }
        return Optional.of(new Read(
                new Period(Optional.of("CURRENT_DATE - " + interval(unit.get(), count.orElse(1))), Optional.empty()),
                end));
    }

    /** The first day of the unit that many units ago; -1 is the next. */
    private static String start(TimeUnit unit, int ago) {
        String start = "CAST(DATE_TRUNC('" + unit.name().toLowerCase(Locale.ROOT) + "', CURRENT_DATE) AS DATE)";
        return ago == 0 ? start : ago < 0 ? start + " + " + interval(unit, -ago) : start + " - " + interval(unit, ago);
    }

    private static String interval(TimeUnit unit, int count) {
        return switch (unit) {
            case DAY -> "INTERVAL '" + count + "' DAY";
            case WEEK -> "INTERVAL '" + count * 7 + "' DAY";
            case MONTH -> "INTERVAL '" + count + "' MONTH";
            case QUARTER -> "INTERVAL '" + count * 3 + "' MONTH";
            case YEAR -> "INTERVAL '" + count + "' YEAR";
        };
    }

    public static Optional<TimeUnit> unit(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "day", "days" -> Optional.of(TimeUnit.DAY);
            case "week", "weeks" -> Optional.of(TimeUnit.WEEK);
            case "month", "months" -> Optional.of(TimeUnit.MONTH);
            case "quarter", "quarters" -> Optional.of(TimeUnit.QUARTER);
            case "year", "years" -> Optional.of(TimeUnit.YEAR);
            default -> Optional.empty();
        };
    }

    private Optional<TimeUnit> unit(int i) {
        return i < tokens.size() ? unit(tokens.get(i).text()) : Optional.empty();
    }

    private int month(int i) {
        if (i < 0 || i >= tokens.size() || tokens.get(i).kind() != Token.Kind.WORD) {
            return 0;
        }
        String word = tokens.get(i).lower();
        int full = MONTH_NAMES.indexOf(word);
        return full >= 0 ? full + 1 : word.equals("sept") ? 9 : MONTHS.indexOf(word) + 1;
    }

    private Optional<Integer> count(int i) {
        if (i >= tokens.size()) {
            return Optional.empty();
        }
        Optional<Integer> digits = number(i, 1, 10_000);
        return digits.isPresent() ? digits : NumberWords.of(tokens.get(i).lower());
    }

    private Optional<Integer> number(int i, int from, int to) {
        if (i < 0 || i >= tokens.size() || !tokens.get(i).text().matches("\\d{1,5}(st|nd|rd|th)?")) {
            return Optional.empty();
        }
        int value = Integer.parseInt(tokens.get(i).text().replaceAll("\\D", ""));
        return value >= from && value <= to ? Optional.of(value) : Optional.empty();
    }

    private boolean comma(int i) {
        return i < tokens.size() && tokens.get(i).kind() == Token.Kind.COMMA;
    }

    private boolean word(int i, String word) {
        return i >= 0 && i < tokens.size() && tokens.get(i).lower().equals(word);
    }
}
