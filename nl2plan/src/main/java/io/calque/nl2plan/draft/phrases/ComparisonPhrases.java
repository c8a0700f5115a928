package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Having;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.RowValue;
import io.calque.nl2plan.draft.request.SpanUnit;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Unit;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Comparisons with numbers. Single-threaded. */
final class ComparisonPhrases {
    private static final Set<String> COUNTS = Set.of("count", "number", "quantiti", "total");

    private final Reading reading;
    /** The place of the number that a column was said to be equal to; -1 where there was none. */
    private int numberAt = -1;

    ComparisonPhrases(Reading reading) {
        this.reading = reading;
    }

    /** "planes that seat more than 200 people": what is counted after the number is what the column before counts. */
    private boolean countedBy(Comparison comparison, Mention.Number number) {
        Optional<Link> said = reading.linked(-3).flatMap(l -> reading.context.pick(l, KnownValues::numbers));
        boolean verb = reading.lastColumn
                .filter(c -> said.filter(l ->
                                c.equals(new ColumnRef(l.table(), ((Link.ToColumn) l).column())) && l.score() > 0.9)
                        .isPresent())
                .filter(c -> reading.request
                        .subject
                        .filter(s -> s.name().equals(c.table().name()))
                        .isPresent())
                .isPresent();
        boolean people = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> true))
                .filter(l -> l instanceof Link.ToTable)
                .isPresent();
        if (!verb || !people) {
            return false;
        }
        ColumnRef column = reading.lastColumn.orElseThrow();
        reading.at++;
        reading.request.outputs.remove(new Attribute(column));
        reading.conditions.number(column, comparison, reading.context.amounts().converted(number, column));
        return true;
    }

    /** "customers with fewer than 20 employees", where customers have a column that counts them. */
    private boolean countColumn(Comparison comparison, Mention.Number number) {
        Optional<TableDescriptor> of = reading.lastTable.or(() -> reading.request.subject);
        Optional<Link.ToColumn> count = of.flatMap(t -> reading.linked(0).stream()
                .flatMap(l -> l.links().stream())
                .filter(l -> l instanceof Link.ToColumn)
                .map(l -> (Link.ToColumn) l)
                .filter(c -> c.table().name().equals(t.name())
                        && KnownValues.numbers(new ColumnRef(c.table(), c.column()))
                        && c.score() > 0.65
                        && reading.context.words(new ColumnRef(c.table(), c.column())).stream()
                                .anyMatch(COUNTS::contains))
                .findFirst());
        if (count.isEmpty()) {
            return false;
        }
        reading.at++;
        ColumnRef column = new ColumnRef(count.get().table(), count.get().column());
        reading.conditions.number(column, comparison, reading.context.amounts().converted(number, column));
        return true;
    }

    void compare(Comparison comparison) {
        String comparisonText = reading.mentions.get(reading.at).text();
        reading.at++;
        if (columnBetween(comparison)) {
            return;
        }
        if (reading.at >= reading.mentions.size()
                || !(reading.mentions.get(reading.at) instanceof Mention.Number number)) {
            reading.unexplained.add(reading.mentions.get(reading.at - 1).text());
            return;
        }
        reading.at++;
        compare(comparison, number, comparisonText);
    }

    /** "between 3 and 5": at least the one, at most the other. */
    void between(Mention.Between between) {
        reading.at += 2;
        if (reading.negated || !(reading.ahead(-1).orElse(null) instanceof Mention.Number most)) {
            reading.unexplained.add(between.text());
            return;
        }
        int begin = reading.at;
        compare(Comparison.GE, between.least(), between.text());
        int end = reading.at;
        reading.at = begin;
        compare(Comparison.LE, most, between.text());
        reading.at = Math.max(end, reading.at);
    }

    /** "older than 30": years of age, or of birth so long ago. */
    boolean age(Marker marker) {
        String words = marker.text().toLowerCase(java.util.Locale.ROOT);
        boolean older = words.matches("older(?: than)?");
        boolean younger = words.matches("younger(?: than)?");
        int at = reading.isMark(1, Mark.JOINT) ? 2 : 1;
        Optional<TableDescriptor> table = reading.lastTable.or(() -> reading.request.subject);
        if (!older && !younger
                || table.isEmpty()
                || !(reading.ahead(at).orElse(null) instanceof Mention.Number number)) {
            return false;
        }
        Optional<ColumnRef> age = reading.context
                .amounts()
                .measured(table.get(), "old")
                .filter(c -> !reading.context.times().isYear(c));
        if (age.isEmpty() || number.value().stripTrailingZeros().scale() > 0) {
            return false;
        }
        reading.at += at + 1;
        Comparison said = older ? Comparison.GT : Comparison.LT;
        Comparison held = reading.negation() ? Conditions.opposite(said) : said;
        if (KnownValues.numbers(age.get())) {
            reading.conditions.number(age.get(), held, number.value());
        } else {
            reading.conditions.ago(age.get(), held, number.value().intValueExact());
        }
        return true;
    }

    /** What stands before the place being read is held against the number right before it. */
    private void compare(Comparison comparison, Mention.Number number, String comparisonText) {
        int compared = reading.at - 2;
        Comparison held = reading.negation() ? Conditions.opposite(comparison) : comparison;
        // "at least five different people": rows that are counted differ anyway
        reading.at += reading.isMark(0, Mark.DISTINCT) && reading.linked(1).isPresent() ? 1 : 0;
        while (reading.isMark(0, Mark.COUNT) && reading.ahead(1).isPresent()) {
            // "with more than 20 total number of rooms"
            reading.at++;
        }
        reading.ranks().skipAdjectives();
        boolean beside = compared > 0
                && reading.mentions.get(compared - 1) instanceof Linked before
                && names(before, reading.lastColumn);
        if (countedBy(held, number) || countColumn(held, number) || measured(comparisonText, held, number, beside)) {
            return;
        }
        Optional<Linked> next =
                reading.at < reading.mentions.size() && reading.mentions.get(reading.at) instanceof Linked l
                        ? Optional.of(l)
                        : Optional.empty();
        boolean measureNext = reading.measures().atMeasure() && reading.mentions.get(reading.at) instanceof Aggregation;
        if (measureNext) {
            reading.request.having.add(new Having(reading.measures().parseMeasure(), held, number.value()));
            return;
        }
        Optional<Link> table =
                next.flatMap(l -> reading.context.pick(l, x -> true)).filter(l -> l instanceof Link.ToTable);
        if (table.isPresent()) {
            reading.at++;
            reading.request.having.add(new Having(Reading.count(table.get().table()), held, number.value()));
            return;
        }
        Optional<TableDescriptor> rows = reading.lastMeasure()
                .filter(m ->
                        m.function() == AggregateFunction.COUNT && m.column().isEmpty())
                .map(Measure::of);
        boolean ofRows = rows.isPresent()
                && reading.linked(-3)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToTable
                                && l.table().name().equals(rows.get().name()))
                        .isPresent()
                && reading.grouped.isEmpty()
                && reading.request.groups.isEmpty();
        if (ofRows) {
            // "how many payments over 100": not so many, but so large
            ColumnRef money = reading.context
                    .amounts()
                    .money(rows.get())
                    .orElseThrow(
                            () -> new NotUnderstood("which number is '" + comparisonText + " " + number.text() + "'?"));
            reading.conditions.number(money, held, reading.context.amounts().converted(number, money));
            return;
        }
        Optional<Item> figure = reading.lastFigure;
        boolean otherColumn = reading.lastColumn
                .filter(c -> reading.lastMeasure()
                        .filter(m -> c.equals(m.column().orElse(null)))
                        .isEmpty())
                .isPresent();
        if (figure.isPresent() && figure.get() instanceof Request.Calculated row) {
            reading.request.bounds.add(new Request.Bound(row.value(), held, number.value()));
            reading.request.outputs.remove(row);
            return;
        }
        if (figure.isPresent() && (!otherColumn || Request.isMade(figure.get()))) {
            reading.request.having.add(new Having(figure.get(), held, number.value()));
            reading.request.outputs.remove(reading.role == Role.CONDITION ? figure.get() : null);
            return;
        }
        Optional<Link> behind =
                beside ? Optional.empty() : next.flatMap(l -> reading.context.pick(l, KnownValues::numbers));
        // "the ids of products ordered more than three times" is no id over three
        boolean besideKey = !beside
                && reading.lastColumn.filter(reading.context.rows()::isKey).isPresent();
        if (!besideKey && reading.lastColumn.filter(KnownValues::numbers).isPresent() && behind.isEmpty()) {
            ColumnRef column = reading.lastColumn.get();
            if (reading.mentions.get(compared - 1) instanceof Linked) {
                reading.unshow(column, compared - 1 - reading.at);
            }
            if (column.column().type().isNumeric() && isOfSubject(column)) {
                reading.request.outputs.remove(new Attribute(column));
                Measure sum =
                        new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS);
                reading.request.assumptions.add(
                        "'" + held.sql() + " " + number.text() + "' is said of the total of " + column);
                reading.request.having.add(new Having(sum, held, number.value()));
                return;
            }
            if (!reading.returning && !reading.request.measures().isEmpty()) {
                // what is compared is not asked for too
                reading.request.outputs.remove(new Attribute(column));
            }
            reading.conditions.number(column, held, reading.context.amounts().converted(number, column));
            return;
        }
        Optional<Link> column = next.flatMap(l -> reading.context.pick(l, KnownValues::numbers));
        if (column.isPresent()) {
            reading.at++;
            Link.ToColumn c = (Link.ToColumn) column.get();
            reading.conditions.number(
                    new ColumnRef(c.table(), c.column()),
                    held,
                    reading.context.amounts().converted(number, new ColumnRef(c.table(), c.column())));
            return;
        }
        reading.unexplained.add(number.text());
    }

    /**
     * "longer than 45 minutes", "worth more than 500", "over $20": what is compared follows from the unit, the adjective or the sign, where
     * no column was named.
     */
    private boolean measured(String words, Comparison comparison, Mention.Number number, boolean beside) {
        Optional<TableDescriptor> table = reading.lastTable.or(() -> reading.request.subject);
        boolean counts = reading.linked(0).isPresent();
        boolean adjective = table.filter(
                        t -> reading.context.amounts().measured(t, words).isPresent())
                .isPresent();
        boolean unit = number.unit().filter(u -> u.kind().isHeldByColumns()).isPresent();
        // "built in 1990 and longer than 80 meters": no year is so long
        boolean named = reading.lastColumn.filter(KnownValues::numbers).isPresent() && (beside || !adjective && !unit);
        if (named || table.isEmpty() || counts && !adjective && !unit) {
            return false;
        }
        boolean money = !counts
                && number.unit().filter(u -> u.kind() == Unit.Kind.MONEY).isPresent();
        Optional<ColumnRef> column = number.unit()
                .filter(u -> u.kind().isHeldByColumns())
                .flatMap(u -> reading.context.amounts().measuredIn(table.get(), u))
                .or(() -> reading.context.amounts().measured(table.get(), words))
                .or(() -> money ? reading.context.amounts().money(table.get()) : Optional.<ColumnRef>empty());
        column.ifPresent(c -> reading.conditions.number(
                c, comparison, reading.context.amounts().converted(number, c)));
        return column.isPresent() || lasted(table.get(), comparison, number);
    }

    /** "larger than size 45". */
    private boolean columnBetween(Comparison comparison) {
        Optional<ColumnRef> column = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> true))
                .filter(KnownValues::numbers)
                .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()));
        if (column.isEmpty() || !(reading.ahead(1).orElse(null) instanceof Mention.Number number)) {
            return false;
        }
        reading.at += 2;
        Comparison held = reading.negation() ? Conditions.opposite(comparison) : comparison;
        reading.conditions.number(column.get(), held, reading.context.amounts().converted(number, column.get()));
        return true;
    }

    /** "lasted longer than 90 minutes", of rows that have a beginning and an end. */
    private boolean lasted(TableDescriptor table, Comparison comparison, Mention.Number number) {
        Optional<SpanUnit> unit = number.unit().flatMap(u -> SpanUnit.of(u.name()));
        Optional<ColumnRef> from = reading.context.times().beginning(table);
        Optional<ColumnRef> to = reading.context.times().end(table);
        if (unit.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return false;
        }
        RowValue time = RowValue.span(from.get(), to.get(), unit.get());
        reading.request.bounds.add(new Request.Bound(time, comparison, number.value()));
        return true;
    }

    /** "customers who spent over 40": a column of rows that the subject has many of, which are not named themselves. */
    boolean isOfSubject(ColumnRef column) {
        return reading.request
                        .subject
                        .filter(s -> !s.name().equals(column.table().name()))
                        .isPresent()
                && reading.lastTable
                        .filter(t -> t.name().equals(column.table().name()))
                        .isEmpty()
                && reading.context.rows().refers(column.table(), reading.request.subject.get());
    }

    void number(Mention.Number number) {
        boolean beforeName = reading.at + 1 < reading.mentions.size()
                && (reading.mentions.get(reading.at + 1) instanceof Linked
                        || reading.mentions.get(reading.at + 1) instanceof Rank
                        || reading.mentions.get(reading.at + 1) instanceof Marker m && m.mark() == Mark.DISTINCT);
        Optional<ColumnRef> column = reading.lastColumn.filter(KnownValues::numbers);
        boolean listed = isListed();
        int before = -1;
        while (reading.isMark(before, Mark.EITHER) || reading.isMark(before, Mark.PREPOSITION)) {
            before--;
        }
        // "people aged 36": the number is that of the column said right before it
        Optional<Linked> said = reading.linked(before);
        boolean beside = said.filter(l -> names(l, column)).isPresent();
        boolean other = said.isPresent() && !beside;
        if (column.isPresent() && (reading.role == Role.CONDITION && !other || beside || listed) && !beforeName) {
            equal(column.get(), number, listed);
            if (beside) {
                reading.unshow(column.get(), before);
            }
            return;
        }
        if (beforeName && reading.role == Role.SHOWN && number.value().scale() <= 0) {
            reading.request.limit = OptionalLong.of(number.value().longValue());
            return;
        }
        reading.unexplained.add(number.text());
    }

    private static boolean names(Linked linked, Optional<ColumnRef> column) {
        return linked.links().stream()
                .anyMatch(l -> l instanceof Link.ToColumn c
                        && column.filter(new ColumnRef(c.table(), c.column())::equals)
                                .isPresent());
    }

    private void equal(ColumnRef column, Mention.Number number, boolean listed) {
        boolean denied = reading.negation() || listed && reading.denied == reading.at - 2;
        if (denied) {
            reading.denied = reading.at;
        }
        List<Request.Condition> conditions = reading.request.conditions;
        Optional<Request.Condition> other =
                listed && !denied ? Optional.of(conditions.get(conditions.size() - 1)) : Optional.empty();
        reading.conditions.number(
                column,
                denied ? Comparison.NE : Comparison.EQ,
                reading.context.amounts().converted(number, column));
        if (listed) {
            reading.alternatives().settled();
        }
        other.ifPresent(o -> reading.conditions.either(o, conditions.get(conditions.size() - 1)));
        numberAt = reading.at;
    }

    /** "5, 6 or 7": after another number that the same column is equal to. */
    private boolean isListed() {
        return numberAt >= 0
                && numberAt == reading.at - 2
                && (reading.isMark(-1, Mark.OR) || reading.isMark(-1, Mark.AND) || reading.isMark(-1, Mark.COMMA));
    }
}
