package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How far the mentions of a question are read, and what the pieces of the grammar have to know of what came before. Each piece reads from
 * {@link #at} on and moves it. Used for one question, single-threaded.
 */
public final class Reading {
    /** What a name contributes depends on the phrase it stands in. */
    enum Role {
        SHOWN,
        RANKED,
        GROUPED,
        ORDERED,
        CONDITION
    }

    final List<Mention> mentions;
    public final Context context;
    final Conditions conditions;
    public final Request request = new Request();
    /** Words that nothing explained. */
    public final List<String> unexplained = new ArrayList<>();

    final List<RequestCompletion.Extreme> extremes = new ArrayList<>();
    final List<Timed> times = new ArrayList<>();
    public final List<Every> units = new ArrayList<>();
    public final List<TableDescriptor> grouped = new ArrayList<>();
    final List<TableDescriptor> shownTables = new ArrayList<>();
    /** The next mention. */
    int at;

    Role role = Role.SHOWN;
    /** Inside a sentence that lists what to show. */
    boolean returning;

    /** How many words of grouping only said that no row is left out. */
    int wholes;

    /** The question begins with what it groups by. */
    boolean groupsFirst;
    /** What is named next is added up over time, or compared with the time before. */
    boolean series;

    /** "and how much": the figure that ranks is shown, too. */
    boolean figureToo;

    /** "average cost per visit", of a cost that visits have, groups by nothing. */
    boolean perRow;

    /** "which towns": each value is asked for once. */
    boolean valuesAsked;

    /** "which department": the rows that are asked for before anything else is. */
    Optional<TableDescriptor> askedFirst = Optional.empty();

    boolean negated;
    /** "both": the values that follow are all wanted. */
    boolean both;

    Optional<ColumnRef> bothOf = Optional.empty();
    boolean askedWhen;
    /** "details of": of the rows that follow everything is shown. */
    boolean details;
    /** "who": for people, whom the rest tells. */
    boolean askedWho;

    final Set<TableName> roles = new HashSet<>();
    /** Dates of which only that they are dates was said. */
    final Set<Item> bareDates = new HashSet<>();
    /** "when did we last": of what is named next. */
    Optional<Rank> lastTime = Optional.empty();
    /** A superlative was read. */
    boolean ranking;

    /** "have a company": what is named next is there, unless more is said of it. */
    boolean presence;

    Optional<Rank> pendingTop = Optional.empty();
    Optional<Direction> pendingDirection = Optional.empty();
    /** The figure named last. */
    Optional<Item> lastFigure = Optional.empty();

    public Optional<ColumnRef> lastColumn = Optional.empty();
    Optional<TableDescriptor> lastTable = Optional.empty();

    /** The place of the last value that was denied; -1 where none was. */
    int denied = -1;

    final WaitingColumns waiting = new WaitingColumns();
    private final Alternatives alternatives = new Alternatives(this);
    private final RankPhrases ranks = new RankPhrases(this);
    private final RankOrder rankOrder = new RankOrder(this);
    private final PlacePhrases places = new PlacePhrases(this);
    private final OrderPhrases orders = new OrderPhrases(this);
    private final MeasurePhrases measures = new MeasurePhrases(this);
    private final ComparisonPhrases comparisons = new ComparisonPhrases(this);
    private final TextPhrases texts = new TextPhrases(this);
    private final NamePhrases names = new NamePhrases(this);
    private final TablePhrases tables = new TablePhrases(this);
    private final ColumnPhrases columns = new ColumnPhrases(this);
    private final FormulaPhrases formulas = new FormulaPhrases(this);

    /** Reads words as a question of their own. */
    final Function<List<Mention>, Understood> alone;

    Reading(List<Mention> mentions, Context context, Function<List<Mention>, Understood> alone) {
        this.alone = alone;
        this.mentions = mentions;
        this.context = context;
        this.conditions = new Conditions(context, request);
    }

    Alternatives alternatives() {
        return alternatives;
    }

    RankPhrases ranks() {
        return ranks;
    }

    RankOrder rankOrder() {
        return rankOrder;
    }

    PlacePhrases places() {
        return places;
    }

    OrderPhrases orders() {
        return orders;
    }

    MeasurePhrases measures() {
        return measures;
    }

    ComparisonPhrases comparisons() {
        return comparisons;
    }

    TextPhrases texts() {
        return texts;
    }

    NamePhrases names() {
        return names;
    }

    TablePhrases tables() {
        return tables;
    }

    ColumnPhrases columns() {
        return columns;
    }

    FormulaPhrases formulas() {
        return formulas;
    }

    /** The aggregate named last. */
    Optional<Measure> lastMeasure() {
        return lastFigure.filter(f -> f instanceof Measure).map(f -> (Measure) f);
    }

    /** The mention so many places from here. */
    Optional<Mention> ahead(int places) {
        int place = at + places;
        return place >= 0 && place < mentions.size() ? Optional.of(mentions.get(place)) : Optional.empty();
    }

    /** The words that were read last. */
    String wordsBefore() {
        return ahead(-1).map(Mention::text).orElse("");
    }

    boolean isMark(int places, Mark mark) {
        return ahead(places)
                .filter(m -> m instanceof Marker marker && marker.mark() == mark)
                .isPresent();
    }

    Optional<Linked> linked(int places) {
        return ahead(places).filter(m -> m instanceof Linked).map(m -> (Linked) m);
    }

    /** Whether something else than the superlative was asked for before it. */
    boolean asked() {
        return grouped.isEmpty()
                && (request.subject.isPresent() || request.outputs.stream().anyMatch(o -> o instanceof Attribute));
    }

    /** Whether each row asked for has at most one of a table. */
    boolean isOfOne(TableDescriptor table) {
        return request.subject
                .filter(s -> s.name().equals(table.name()) || context.rows().refers(s, table))
                .isPresent();
    }

    boolean negation() {
        boolean was = negated;
        negated = false;
        return was;
    }

    void show(Item item) {
        if (!request.outputs.contains(item)) {
            request.outputs.add(item);
        }
    }

    /** "hosts of age above 50": a column with something said of it is not asked for, unless it is listed among what is. */
    void unshow(ColumnRef column, int places) {
        boolean listed = isMark(places - 1, Mark.AND)
                || isMark(places - 1, Mark.COMMA)
                || isMark(places - 1, Mark.RETURN)
                || isMark(places - 1, Mark.WHICH)
                || ahead(places - 1).isEmpty();
        boolean more = request.subject.isPresent() || request.outputs.size() > 1;
        if (role == Role.SHOWN && !listed && more && !returning) {
            request.outputs.remove(new Attribute(column));
        }
    }

    /** Where nothing else is asked for, these rows are. */
    public void askFor(TableDescriptor table) {
        if (request.outputs.isEmpty() && request.subject.isEmpty()) {
            request.subject = Optional.of(table);
            shownTables.add(table);
        }
    }

    public static Measure count(TableDescriptor table) {
        return new Measure(AggregateFunction.COUNT, table, Optional.empty(), Distinctness.AS_IS);
    }

    void order(Item item) {
        request.orders.add(new Order(item, pendingDirection.orElse(Direction.ASC)));
        pendingDirection = Optional.empty();
    }
}
