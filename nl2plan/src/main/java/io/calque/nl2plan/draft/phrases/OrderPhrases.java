package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How rows are ordered: "sorted by price descending", "in descending order of price", "alphabetically by name". Single-threaded. */
final class OrderPhrases {
    /** Directions that say nothing of what is ordered by. */
    private static final Pattern PLAIN = Pattern.compile("(?i)scend|creas|alphabet");

    private static final Pattern ADJECTIVE_FIRST = Pattern.compile("(?i)^((?:most |least )?\\w+) first$");

    private final Reading reading;

    OrderPhrases(Reading reading) {
        this.reading = reading;
    }

    /** A direction belongs to what follows it, to what was ordered by before, or to what is shown. */
    void direction(Direction said) {
        String words = reading.ahead(0).map(Mention::text).orElse("");
        Optional<Rank> adjective = ADJECTIVE_FIRST
                .matcher(words)
                .results()
                .map(m -> new Rank(said, RankKind.MOST, m.group(1).toLowerCase(Locale.ROOT)))
                .findFirst();
        Direction direction =
                adjective.isPresent() && !reading.request.orders.isEmpty() ? towardsLast(adjective.get()) : said;
        if (adjective.isPresent() && reading.request.orders.isEmpty()) {
            if (isListedBy()) {
                byGroup(said);
                direction(said);
                return;
            }
            if (measured(adjective.get())) {
                return;
            }
        }
        if (reading.isMark(-1, Mark.ORDER)) {
            // "ordered from highest to lowest price": the item is still to come, or was the only measure
            reading.pendingDirection = Optional.of(direction);
            if (reading.ahead(1).isEmpty() || reading.isMark(1, Mark.STOP)) {
                byShown(direction);
            }
            return;
        }
        List<Order> orders = reading.request.orders;
        if (!orders.isEmpty()) {
            int last = orders.size() - 1;
            orders.set(last, new Order(orders.get(last).item(), direction));
        } else if (isListedBy()) {
            byGroup(direction);
        } else if (isAsked() && itemFollows()) {
            // "in descending order of price"
            reading.role = Role.ORDERED;
            reading.pendingDirection = Optional.of(direction);
        } else {
            byShown(direction);
        }
    }

    /** "from longest to shortest", "by age from oldest to youngest": the first of the two says where it begins. */
    boolean range(Rank first) {
        boolean range = reading.isMark(-1, Mark.PREPOSITION)
                && reading.ahead(-1).orElseThrow().text().equalsIgnoreCase("from")
                && reading.ahead(1)
                        .filter(m -> m instanceof Rank to && to.direction() != first.direction())
                        .isPresent();
        if (!range) {
            return false;
        }
        reading.at += 2;
        List<Order> orders = reading.request.orders;
        if (!orders.isEmpty()) {
            int last = orders.size() - 1;
            orders.set(last, new Order(orders.get(last).item(), towardsLast(first)));
        } else if (!measured(first)) {
            reading.unexplained.add("from " + first.text());
        }
        return true;
    }

    private Direction towardsLast(Rank rank) {
        return reading.rankOrder()
                .towards(
                        reading.request
                                .orders
                                .get(reading.request.orders.size() - 1)
                                .item(),
                        rank);
    }

    /** "oldest first": by what the adjective measures of the rows that are listed. */
    private boolean measured(Rank rank) {
        Optional<ColumnRef> by = reading.request
                .subject
                .or(() -> reading.request.outputs.stream()
                        .filter(o -> o instanceof Attribute)
                        .map(o -> ((Attribute) o).column().table())
                        .findFirst())
                .flatMap(t -> reading.context
                        .amounts()
                        .measured(t, rank.text().replace("eldest", "oldest"))
                        .or(() -> rank.text().matches("newest|latest|earliest|most recent|oldest")
                                ? reading.context
                                        .times()
                                        .of(t)
                                        .or(() -> reading.context.times().yearOf(t))
                                : Optional.empty()));
        by.ifPresent(column -> reading.request.orders.add(
                new Order(new Attribute(column), reading.rankOrder().towards(column, rank))));
        return by.isPresent();
    }

    /** "alphabetically": by what is named next, or by the first name shown. */
    void alphabetical() {
        boolean orders = reading.request.orders.isEmpty() && reading.role != Role.ORDERED;
        if (orders && isAsked() && itemFollows()) {
            reading.role = Role.ORDERED;
            return;
        }
        reading.request.alphabetical = reading.request.alphabetical.or(() -> Optional.of(Direction.ASC));
    }

    /** "list the names by age in descending order" groups by nothing. */
    private void byGroup(Direction direction) {
        Item by = reading.request.groups.remove(0);
        reading.request.outputs.remove(by);
        reading.pendingDirection = Optional.of(direction);
        reading.order(by);
    }

    private boolean isListedBy() {
        return reading.role == Role.GROUPED
                && reading.request.groups.size() == 1
                && reading.grouped.isEmpty()
                && reading.units.isEmpty()
                && reading.request.measures().isEmpty()
                && (reading.request.outputs.size() > 1 || reading.request.subject.isPresent())
                && !reading.ranking;
    }

    private boolean isAsked() {
        return !reading.request.outputs.isEmpty()
                || reading.request.subject.isPresent()
                || !reading.grouped.isEmpty()
                || !reading.extremes.isEmpty();
    }

    private boolean itemFollows() {
        Optional<Mention> next = reading.isMark(1, Mark.BY) ? reading.ahead(2) : reading.ahead(1);
        return next.filter(m -> m instanceof Linked
                        || m instanceof Mention.Aggregation
                        || FormulaPhrases.isFormula(m)
                        || m instanceof Mention.Marker marker && marker.mark() == Mark.COUNT)
                .isPresent();
    }

    /** "best first": by the one figure that is shown, or by the names of what is listed. */
    private void byShown(Direction direction) {
        List<Measure> figures = reading.request.measures();
        List<Item> shown = reading.request.outputs;
        if (figures.size() == 1 && shown.contains(figures.get(0))) {
            reading.pendingDirection = Optional.of(direction);
            reading.order(figures.get(0));
        } else if (figures.isEmpty()
                && isOneName(shown)
                && reading.ahead(0).filter(m -> PLAIN.matcher(m.text()).find()).isPresent()) {
            reading.pendingDirection = Optional.empty();
            reading.request.alphabetical = Optional.of(direction);
        } else {
            reading.unexplained.add(reading.ahead(0).map(Mention::text).orElse("first"));
        }
    }

    /** One column, the parts of one name, or rows that will be told by their name. */
    private boolean isOneName(List<Item> shown) {
        if (shown.isEmpty()) {
            return reading.request.subject.isPresent() && reading.extremes.isEmpty();
        }
        return shown.size() == 1
                || shown.stream()
                        .allMatch(o -> o instanceof Attribute a
                                && reading.context
                                        .rows()
                                        .label(a.column().table())
                                        .contains(a.column()));
    }

    /** A table is ordered by the number of its rows where that is shown, else by its names. */
    void table(TableDescriptor table) {
        Optional<Item> counted = reading.request.outputs.stream()
                .filter(o -> o instanceof Measure m && m.of().name().equals(table.name()))
                .findFirst();
        if (counted.isPresent()) {
            reading.order(counted.get());
            return;
        }
        if (isWhose(table)) {
            return;
        }
        reading.context.rows().label(table).forEach(c -> reading.order(new Attribute(c)));
    }

    /** "the age of the player", "the player's age": the table only says whose column is ordered by. */
    private boolean isWhose(TableDescriptor table) {
        boolean after = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> x instanceof Link.ToColumn))
                .filter(l -> l.table().name().equals(table.name()))
                .isPresent();
        boolean before = reading.linked(-2).isPresent()
                && reading.lastColumn
                        .map(ColumnRef::table)
                        .filter(t -> t.name().equals(table.name()))
                        .isPresent();
        return after || before;
    }
}
