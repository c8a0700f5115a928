package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.meaning.TableTimes;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.Bound;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.RowValue;
import io.calque.nl2plan.draft.request.SpanUnit;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The time from one date of a row to another.
 *
 * <pre>
 * the average number of days between DATE and DATE, the shortest time from DATE to DATE
 * the duration of T, how long a T takes          from the date on which T begins to that on which it ends
 * how many days ahead people DATE                from that date to that on which T begins
 * DATE more than five days after DATE            a bound on the time between them
 * </pre>
 */
final class TimeBetween implements Construction {
    private static final Set<String> OPENS = Set.of("between", "from");
    private static final Set<String> SAYS_TIME = Set.of(
            "time",
            "duration",
            "difference",
            "gap",
            "interval",
            "period",
            "delay",
            "lag",
            "elapsed",
            "passed",
            "pass",
            "went by",
            "in");
    private static final Map<String, Comparison> BESIDE =
            Map.of("after", Comparison.GT, "later than", Comparison.GT, "of", Comparison.GT, "from", Comparison.GT);
    private static final Set<String> AHEAD = Set.of("ahead", "advance", "beforehand");
    /** "between the day they were filed and the day they were settled". */
    private static final Set<String> SAYS_DAY = Set.of("day", "date", "time", "moment", "when");

    private static final int NEAR = 4;

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        return between(list, reader)
                .or(() -> bounded(list, reader))
                .or(() -> duration(list, reader))
                .or(() -> until(list, reader))
                .or(() -> ahead(list, reader));
    }

    /** "how many days ahead do people book": from the date of the verb to that on which what is booked begins. */
    private static Optional<Understood> ahead(MentionList list, QuestionReader reader) {
        for (int i = 1; i < list.size(); i++) {
            if (!AHEAD.contains(text(list, i))) {
                continue;
            }
            for (int verb = i + 1; verb < Math.min(list.size(), i + NEAR); verb++) {
                Optional<ColumnRef> from = column(list, verb);
                Optional<ColumnRef> to =
                        from.flatMap(f -> list.context().times().beginning(f.table()));
                if (to.isEmpty() || to.get().equals(from.get())) {
                    continue;
                }
                Optional<SpanUnit> said = SpanUnit.of(text(list, i - 1));
                int lead = said.isPresent() ? i - 1 : i;
                lead = list.marks(lead - 1, Mark.COUNT) ? lead - 1 : lead;
                lead = list.marks(lead - 1, Mark.COMMA) ? lead - 1 : lead;
                return replaced(
                        list, lead, verb + 1, RowValue.span(from.get(), to.get(), said.orElse(SpanUnit.DAY)), reader);
            }
        }
        return Optional.empty();
    }

    private static Optional<Understood> between(MentionList list, QuestionReader reader) {
        for (int opens = 1; opens < list.size(); opens++) {
            if (!OPENS.contains(text(list, opens))) {
                continue;
            }
            int first = date(list, opens + 1);
            int second = first < 0 ? -1 : date(list, first + 1);
            int lead = opens;
            Optional<SpanUnit> unit = Optional.empty();
            while (lead > 0 && (isTime(list, lead - 1) || lead < opens && list.marks(lead - 1, Mark.COUNT))) {
                lead--;
                Optional<SpanUnit> said = SpanUnit.of(text(list, lead));
                unit = said.isPresent() ? said : unit;
            }
            // "time" alone says nothing to the grammar: "the average time between"
            boolean ofTime = list.all().get(Math.max(0, lead - 1)) instanceof Mention.Aggregation
                    || list.all().get(Math.max(0, lead - 1)) instanceof Mention.Rank;
            boolean two = second >= 0 && !column(list, first).equals(column(list, second));
            if (!two || lead == opens && !ofTime) {
                continue;
            }
            RowValue value = RowValue.span(
                    column(list, first).orElseThrow(), column(list, second).orElseThrow(), unit.orElse(SpanUnit.DAY));
            return replaced(list, lead, second + 1, value, reader);
        }
        return Optional.empty();
    }

    private static Optional<Understood> replaced(
            MentionList list, int from, int to, RowValue value, QuestionReader reader) {
        Mention.RowFigure figure = new Mention.RowFigure(value, value.words());
        return Optional.of(reader.read(list.replaced(from, to, List.of(figure)).all()));
    }

    private static boolean isTime(MentionList list, int i) {
        String text = text(list, i);
        return SAYS_TIME.contains(text) || SpanUnit.of(text).isPresent();
    }

    /** Where a date is named, from here on within a few words; -1 where none is. */
    private static int date(MentionList list, int from) {
        for (int i = from; i < Math.min(list.size(), from + NEAR) && !list.marks(i, Mark.STOP); i++) {
            if (column(list, i).isPresent()) {
                return i;
            }
            boolean first = i == from || i == from + 1 && list.marks(from, Mark.AND);
            boolean day = first && SAYS_DAY.contains(text(list, i));
            boolean joins =
                    day || list.marks(i, Mark.AND) || list.marks(i, Mark.PREPOSITION) || list.marks(i, Mark.JOINT);
            if (!joins && list.at(i).filter(m -> m instanceof Linked).isEmpty()) {
                return -1;
            }
        }
        return -1;
    }

    private static Optional<ColumnRef> column(MentionList list, int i) {
        if (list.at(i).filter(m -> m instanceof Linked).isEmpty()) {
            return Optional.empty();
        }
        return list.context()
                .pick(
                        (Linked) list.all().get(i),
                        l -> l instanceof Link.ToColumn c && ColumnKinds.temporal(c.column()) && c.score() > 0.55)
                .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()));
    }

    /** "shipped more than five days after the order date". */
    private static Optional<Understood> bounded(MentionList list, QuestionReader reader) {
        for (int i = 1; i + 2 < list.size(); i++) {
            if (!(list.all().get(i) instanceof Mention.Number number)) {
                continue;
            }
            Optional<SpanUnit> unit = number.unit().flatMap(u -> SpanUnit.of(u.name()));
            int beside = unit.isPresent() ? i + 1 : i + 2;
            unit = unit.isPresent() ? unit : SpanUnit.of(text(list, i + 1));
            boolean after = BESIDE.containsKey(text(list, beside));
            boolean before =
                    text(list, beside).equals("before") || text(list, beside).equals("earlier than");
            int second = unit.isEmpty() || !after && !before ? -1 : date(list, beside + 1);
            int first = second < 0 ? -1 : dateBefore(list, i);
            if (first < 0) {
                continue;
            }
            Comparison comparison = list.all().get(i - 1) instanceof Compare compare
                    ? compare.comparison()
                    : text(list, i - 1).equals("within") ? Comparison.LE : Comparison.EQ;
            ColumnRef one = column(list, first).orElseThrow();
            ColumnRef other = column(list, second).orElseThrow();
            RowValue value = after
                    ? RowValue.span(other, one, unit.orElseThrow())
                    : RowValue.span(one, other, unit.orElseThrow());
            BigDecimal bound = number.value();
            MentionList rest = list.without(first, second + 1);
            return Optional.of(reader.amending(reading -> {
                        reading.request.bounds.add(new Bound(value, comparison, bound));
                        reading.askFor(one.table());
                    })
                    .read(rest.all()));
        }
        return Optional.empty();
    }

    private static int dateBefore(MentionList list, int end) {
        for (int i = end - 1; i >= 0 && i > end - NEAR; i--) {
            if (column(list, i).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    /** "the average duration of a trip": of rows that have a beginning and an end. */
    private static Optional<Understood> duration(MentionList list, QuestionReader reader) {
        int said = list.find(0, Set.of("duration"));
        if (said < 0) {
            return Optional.empty();
        }
        List<TableDescriptor> named = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            list.link(i).map(Link::table).ifPresent(named::add);
        }
        return named.stream()
                .flatMap(t -> lasting(t, list).stream())
                .findFirst()
                .or(() -> nearest(named, list.context()).flatMap(t -> lasting(t, list)))
                .flatMap(value -> {
                    MentionList rest = withoutUnit(list);
                    int at = rest.find(0, Set.of("duration"));
                    return replaced(rest, at, at + 1, value, reader);
                });
    }

    private static Optional<RowValue> lasting(TableDescriptor table, MentionList list) {
        TableTimes times = list.context().times();
        return times.beginning(table).flatMap(from -> times.end(table).map(to -> RowValue.span(from, to, unit(list))));
    }

    /** "how long do people stay in each ward": of all that begins and ends, what is nearest to everything named. */
    private static Optional<TableDescriptor> nearest(List<TableDescriptor> named, Context context) {
        Map<Long, List<TableDescriptor>> byDistance = new TreeMap<>();
        for (TableDescriptor table : context.tables()) {
            boolean lasts = context.times().beginning(table).isPresent()
                    && context.times().end(table).isPresent();
            long distance = named.stream()
                    .mapToLong(n -> context.distanceTo(n.name(), table.name()))
                    .sum();
            if (lasts && distance < Integer.MAX_VALUE) {
                byDistance.computeIfAbsent(distance, d -> new ArrayList<>()).add(table);
            }
        }
        List<TableDescriptor> best = byDistance.isEmpty()
                ? List.of()
                : byDistance.values().iterator().next();
        return best.size() == 1 && !named.isEmpty() ? Optional.of(best.get(0)) : Optional.empty();
    }

    /** "the average delivery time": until that date, from the one on which a row of its table begins. */
    private static Optional<Understood> until(MentionList list, QuestionReader reader) {
        for (int i = 0; i + 1 < list.size(); i++) {
            boolean average =
                    list.all().get(i) instanceof Mention.Aggregation a && a.function() == AggregateFunction.AVG;
            Optional<ColumnRef> end = average && !isNumber(list, i + 1) ? column(list, i + 1) : Optional.empty();
            Optional<ColumnRef> from = end.flatMap(e -> reader.context().times().beginning(e.table()));
            if (from.isPresent() && !from.get().equals(end.get())) {
                RowValue value = RowValue.span(from.get(), end.get(), unit(list));
                return replaced(withoutUnit(list), i + 1, i + 2, value, reader);
            }
        }
        return Optional.empty();
    }

    private static boolean isNumber(MentionList list, int i) {
        return list.at(i).filter(m -> m instanceof Linked).stream()
                .flatMap(m -> ((Linked) m).links().stream())
                .anyMatch(l -> ColumnKinds.numeric(l) && l.score() > 0.6);
    }

    /** "in hours". */
    private static SpanUnit unit(MentionList list) {
        int at = unitAt(list);
        return at < 0 ? SpanUnit.DAY : SpanUnit.of(text(list, at)).orElseThrow();
    }

    private static int unitAt(MentionList list) {
        for (int i = 1; i < list.size(); i++) {
            if (text(list, i - 1).equals("in") && SpanUnit.of(text(list, i)).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private static MentionList withoutUnit(MentionList list) {
        int at = unitAt(list);
        return at < 0 ? list : list.without(at - 1, at + 1);
    }

    private static String text(MentionList list, int i) {
        return list.at(i).map(m -> m.text().toLowerCase(Locale.ROOT)).orElse("");
    }
}
