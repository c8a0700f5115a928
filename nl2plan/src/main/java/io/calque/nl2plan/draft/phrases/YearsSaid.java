package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.words.Period;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Years that stand as numbers or text in a column of their own: "founded before 1970", "the spring term of 2024". The column is the one that
 * the verb names, that of the rows whose value was said with it, or the only time that rows without a date have. Stateless.
 */
final class YearsSaid {
    private static final Pattern NEW_YEAR = Pattern.compile("DATE '(\\d{4})-01-01'");

    private YearsSaid() {}

    /**
     * @param rows whose time may be meant, best first
     * @return whether a condition was added
     */
    static boolean restrict(Request request, Context context, Timed timed, List<TableDescriptor> rows) {
        Period period = timed.during().period();
        Optional<String> from = year(period.from());
        Optional<String> until = year(period.before());
        boolean whole = from.isPresent() == period.from().isPresent()
                && until.isPresent() == period.before().isPresent();
        Optional<ColumnRef> column = whole ? column(request, context, timed, rows) : Optional.empty();
        if (column.isEmpty()) {
            return false;
        }
        String quote = ColumnKinds.text(column.get().column()) ? "'" : "";
        List<String> bounds = new ArrayList<>();
        from.ifPresent(y -> bounds.add(" >= " + quote + y + quote));
        until.ifPresent(y -> bounds.add(" < " + quote + y + quote));
        Condition condition = new Condition(
                column.get(),
                name -> String.join(" AND ", bounds.stream().map(b -> name + b).toList()),
                column.get() + " " + timed.during().text());
        Optional<Condition> before = timed.joined() ? last(request, column.get()) : Optional.empty();
        request.conditions.add(condition);
        before.ifPresent(other -> new Conditions(context, request).either(other, condition));
        return true;
    }

    private static Optional<Condition> last(Request request, ColumnRef column) {
        return request.conditions.stream()
                .filter(c -> c.column().equals(column))
                .reduce((a, b) -> b);
    }

    private static Optional<String> year(Optional<String> bound) {
        return bound.map(NEW_YEAR::matcher).filter(Matcher::matches).map(m -> m.group(1));
    }

    private static Optional<ColumnRef> column(
            Request request, Context context, Timed timed, List<TableDescriptor> rows) {
        List<String> before = timed.before();
        Optional<ColumnRef> named =
                timed.of().filter(c -> context.times().years(c.table()).contains(c));
        Optional<ColumnRef> hinted = rows.stream()
                .distinct()
                .flatMap(t -> context.times().years(t).stream())
                .filter(c -> context.words(c).stream().anyMatch(w -> !w.equals("year") && before.contains(w)))
                .findFirst();
        // "how many graduates in 2004": of the number's own year, whatever place is said
        Optional<ColumnRef> ofFigure = request.measures().stream()
                .filter(m -> m.column().isPresent())
                .flatMap(m -> context.times().yearOf(m.of()).stream())
                .findFirst();
        // "the spring term of 2024", and not "Toyotas sold in 2024"
        Optional<ColumnRef> besideValue = request.conditions.stream()
                .filter(c -> !before.isEmpty() && says(c, before.get(0)))
                .flatMap(c -> context.times().yearOf(c.column().table()).stream())
                .findFirst();
        Optional<ColumnRef> alone = rows.stream()
                        .allMatch(t -> context.times().nearest(t).isEmpty())
                ? rows.stream().flatMap(t -> context.times().yearOf(t).stream()).findFirst()
                : Optional.empty();
        return named.or(() -> hinted).or(() -> ofFigure).or(() -> besideValue).or(() -> alone);
    }

    /** Whether a word is part of what a condition says of its column. */
    static boolean says(Condition condition, String stem) {
        return Stream.of(condition.words().split("[^\\p{L}\\p{N}]+"))
                .map(Stems::of)
                .anyMatch(stem::equals);
    }
}
