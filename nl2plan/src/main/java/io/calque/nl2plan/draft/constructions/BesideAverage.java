package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.phrases.Reading;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Beside;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Groups;
import io.calque.nl2plan.draft.request.Request.Having;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.OwnAverage;
import io.calque.nl2plan.draft.request.Request.Rows;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A number beside an average, or another figure of all rows.
 *
 * <pre>
 * S longer than the average S of their own G     a column of a row, beside its average over the rows of the same G
 * S whose C is lower than the highest C           beside the highest of all rows
 * S with a C above the average                   beside the average over all rows
 * G that have spent more than the average G      a figure of a group, beside the average of that of all groups
 * G whose average C is above the overall average an average of a group, beside the average over all rows
 * </pre>
 */
final class BesideAverage implements Construction {
    private static final Set<String> MORE =
            Set.of("more", "higher", "greater", "longer", "bigger", "larger", "heavier", "taller", "above", "better");
    private static final Set<String> LESS =
            Set.of("less", "fewer", "lower", "shorter", "smaller", "cheaper", "lighter", "below");
    private static final Set<String> OLDER = Set.of("older than");
    private static final Set<String> YOUNGER = Set.of("younger than");
    private static final Set<String> OWN = Set.of("their own", "its own", "his own", "her own", "same", "respective");
    private static final Set<String> OVERALL = Set.of("overall", "in total", "in all", "all");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        for (int i = 0; i < list.size(); i++) {
            if (list.marks(i, Mark.ABOVE_AVERAGE) || list.marks(i, Mark.BELOW_AVERAGE)) {
                Comparison comparison = list.marks(i, Mark.ABOVE_AVERAGE) ? Comparison.GT : Comparison.LT;
                return at(i, i + 1, AggregateFunction.AVG, comparison, list, reader);
            }
            Optional<Mention> next = list.at(i + 2);
            Optional<AggregateFunction> whole = list.at(i + 1).flatMap(m -> figure(m, next));
            if (whole.isPresent() && list.all().get(i) instanceof Mention.Compare compare) {
                return at(i, i + 2, whole.get(), compare.comparison(), list, reader);
            }
            boolean old = list.says(i, OLDER) || list.says(i, YOUNGER);
            if (old && whole.isPresent()) {
                return at(i, i + 2, whole.get(), list.says(i, OLDER) ? Comparison.GT : Comparison.LT, list, reader);
            }
            boolean split = list.says(i, Set.of("than"))
                    && list.at(i + 1).filter(BesideAverage::isAverage).isPresent();
            if (split) {
                int more = before(list, i, MORE);
                int less = before(list, i, LESS);
                if (more >= 0 || less >= 0) {
                    int at = Math.max(more, less);
                    Mention word = list.all().get(at);
                    MentionList joined = list.replaced(
                                    i,
                                    i + 2,
                                    List.of(new Mention.Marker(
                                            more >= 0 ? Mark.ABOVE_AVERAGE : Mark.BELOW_AVERAGE, word.text())))
                            .without(at, at + 1);
                    boolean counted = joined.isTable(at) && at < i - 1;
                    joined = counted ? joined.measured(at) : joined;
                    int moved = counted ? 1 : 0;
                    return at(
                            i - 1 + moved,
                            i + moved,
                            AggregateFunction.AVG,
                            more >= 0 ? Comparison.GT : Comparison.LT,
                            joined,
                            reader);
                }
            }
        }
        return Optional.empty();
    }

    /** "the average", "the maximum", "the highest price": one figure of all rows. */
    private static Optional<AggregateFunction> figure(Mention mention, Optional<Mention> next) {
        if (mention instanceof Mention.Rank rank
                && rank.kind() == Mention.RankKind.MOST
                && rank.text().matches("(?i)highest|lowest|largest|smallest|biggest|greatest")
                && next.filter(m -> m instanceof Linked).isPresent()) {
            return Optional.of(rank.direction() == Direction.DESC ? AggregateFunction.MAX : AggregateFunction.MIN);
        }
        return mention instanceof Aggregation a && a.fraction().isEmpty() && a.function() != AggregateFunction.SUM
                ? Optional.of(a.function())
                : Optional.empty();
    }

    private static boolean isAverage(Mention mention) {
        return mention instanceof Aggregation a && a.function() == AggregateFunction.AVG;
    }

    private static int before(MentionList list, int end, Set<String> words) {
        for (int i = end - 1; i >= 0 && i > end - 6; i--) {
            if (list.says(i, words)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What the figure is of.
     *
     * @param number what is aggregated
     * @param beside the column named before the comparison
     */
    private record Of(
            AggregateFunction function,
            Optional<TableDescriptor> group,
            Optional<ColumnRef> partition,
            Optional<Linked> number,
            Optional<Linked> beside,
            List<Mention> values,
            int end) {}

    private Optional<Understood> at(
            int at,
            int from,
            AggregateFunction function,
            Comparison comparison,
            MentionList list,
            QuestionReader reader) {
        Of of = of(at, from, function, list, reader.context());
        if (function != AggregateFunction.AVG && of.number().isEmpty()) {
            return Optional.empty();
        }
        String said = list.all().get(at).text();
        MentionList rest = list.without(at, of.end());
        return Optional.of(
                reader.amending(reading -> amend(reading, said, comparison, of)).read(rest.all()));
    }

    /** "whose price is higher": the number named just before. */
    private static Optional<Linked> numberBefore(int at, MentionList list) {
        for (int i = at - 1; i >= 0 && i > at - 4; i--) {
            Optional<Link> link = list.link(i);
            if (link.isPresent()) {
                Linked said = (Linked) list.all().get(i);
                return link.filter(ColumnKinds::numeric).map(l -> said);
            }
        }
        return Optional.empty();
    }

    private static Of of(int at, int from, AggregateFunction function, MentionList list, Context context) {
        int end = from;
        boolean own = false;
        List<Mention> values = new ArrayList<>();
        Optional<TableDescriptor> table = Optional.empty();
        Optional<Linked> column = Optional.empty();
        Optional<TableDescriptor> group = Optional.empty();
        Optional<ColumnRef> groupColumn = Optional.empty();
        for (; end < list.size() && !list.marks(end, Mark.STOP) && !list.marks(end, Mark.COMMA); end++) {
            Mention mention = list.all().get(end);
            if (list.says(end, OWN)) {
                own = true;
            } else if (mention instanceof Linked) {
                Link link = list.link(end).orElseThrow();
                if (link instanceof Link.ToTable && own) {
                    group = Optional.of(link.table());
                } else if (link instanceof Link.ToColumn c && own) {
                    groupColumn = Optional.of(new ColumnRef(c.table(), c.column()));
                } else if (link instanceof Link.ToTable) {
                    boolean within = table.isPresent()
                            && list.marks(end - 1, Mark.PREPOSITION)
                            && context.rows().refers(table.get(), link.table());
                    group = within ? Optional.of(link.table()) : group;
                    table = Optional.of(link.table());
                } else if (link instanceof Link.ToColumn c && ColumnKinds.numeric(c)) {
                    column = Optional.of((Linked) mention);
                } else if (link instanceof Link.ToValue) {
                    values.add(mention);
                } else {
                    break;
                }
            } else if (!list.marks(end, Mark.PREPOSITION)
                    && !list.marks(end, Mark.JOINT)
                    && !list.marks(end, Mark.IGNORED)
                    && !list.says(end, OVERALL)) {
                break;
            }
        }
        return new Of(function, group, groupColumn, column, numberBefore(at, list), values, end);
    }

    private static void amend(Reading reading, String said, Comparison comparison, Of of) {
        Request request = reading.request;
        Context context = reading.context;
        Optional<Measure> shown = request.outputs.stream()
                .filter(o -> o instanceof Measure)
                .map(o -> (Measure) o)
                .filter(m -> m.column().isPresent()
                        || request.subject
                                .filter(s -> !s.name().equals(m.of().name()))
                                .isPresent())
                .reduce((a, b) -> b);
        boolean average = of.function() == AggregateFunction.AVG;
        if (average
                && shown.isPresent()
                && of.group().isEmpty()
                && of.partition().isEmpty()) {
            Measure measure = shown.get();
            if (request.subject.isEmpty() && !request.required.isEmpty()) {
                // "in which countries is the average above": the first that is named is asked for
                request.subject = Optional.of(request.required.get(0));
            }
            request.outputs.remove(measure);
            boolean ofRows = measure.function() == AggregateFunction.AVG;
            request.having.add(new Having(measure, comparison, ofRows ? new Rows(List.of()) : new Groups()));
            return;
        }
        TableDescriptor subject =
                SetsCombined.whose(request, context).orElseThrow(() -> new NotUnderstood("the average of what?"));
        String words = said.toLowerCase(Locale.ROOT);
        Optional<ColumnRef> last = reading.lastColumn.filter(
                c -> c.column().type().isNumeric() && !context.rows().isKey(c));
        ColumnRef column = of.number()
                .or(of::beside)
                .flatMap(n -> number(n, subject, context))
                .or(() -> context.amounts()
                        .measured(subject, words)
                        .filter(c ->
                                last.isEmpty() || !last.get().table().name().equals(subject.name())))
                .or(() -> last)
                .orElseThrow(() -> new NotUnderstood("which number is '" + said + "'?"));
        request.outputs.remove(new Attribute(column));
        request.outputs.removeIf(
                o -> o instanceof Measure m && m.column().filter(column::equals).isPresent());
        // "have a price above the average": that there is one goes without saying
        request.conditions.removeIf(c -> c.column().equals(column) && c.words().endsWith(" is there"));
        reading.askFor(subject);
        if (of.group().isPresent() || of.partition().isPresent()) {
            List<ColumnRef> partition = of.partition().isPresent()
                    ? List.of(of.partition().get())
                    : context.rows().reference(column.table(), of.group().get());
            if (partition.isEmpty()
                    || !partition.get(0).table().name().equals(column.table().name())) {
                throw new NotUnderstood("the average of which rows?");
            }
            request.averages.add(new OwnAverage(column, comparison, partition));
            return;
        }
        Request figure = new Request();
        figure.outputs.add(new Measure(of.function(), column.table(), Optional.of(column), Distinctness.AS_IS));
        if (!of.values().isEmpty()) {
            Sameness.entity(of.values(), column.table(), figure, context);
        }
        request.beside.add(new Beside(column, comparison, figure));
    }

    /** The number meant: of the rows asked for, before that of others. */
    private static Optional<ColumnRef> number(Linked said, TableDescriptor subject, Context context) {
        return context.pick(
                        said,
                        l -> ColumnKinds.numeric(l)
                                && l.score() > 0.6
                                && l.table().name().equals(subject.name()))
                .or(() -> context.pick(said, ColumnKinds::numeric))
                .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()));
    }
}
