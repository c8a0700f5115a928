package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.RoleTables;
import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of the catalog, by the role of the phrase they stand in. Single-threaded. */
final class NamePhrases {
    private static final Pattern EVENT =
            Pattern.compile("(?i)sells?|sold|buys?|bought|purchased|ordered|spend|spent|pay|paid");

    private static final Pattern HEADS =
            Pattern.compile("(?i)levels?|types?|kinds?|category|categories|class|classes|groups?");

    private final Reading reading;
    private final ValuePhrases values;
    private final ListPhrases lists;

    NamePhrases(Reading reading) {
        this.reading = reading;
        this.values = new ValuePhrases(reading);
        this.lists = new ListPhrases(reading);
    }

    void named() {
        if (reading.mentions.get(reading.at) instanceof Aggregation) {
            reading.measures().measure();
            return;
        }
        if (!(reading.mentions.get(reading.at) instanceof Linked said)) {
            return;
        }
        Linked linked = values.ofRole(said);
        reading.at++;
        boolean countSaid = reading.returning
                && said.text().matches("(?i)counts?|numbers?|totals?")
                && reading.request.measures().size() == 1
                && !reading.grouped.isEmpty();
        if (countSaid) {
            // "how many visits does each have? List the name and the count": the one that is asked for
            return;
        }
        boolean whose = reading.ahead(-2)
                .filter(m -> m.text().equalsIgnoreCase("whose"))
                .isPresent();
        Optional<TableDescriptor> focus = reading.role == Role.SHOWN
                ? reading.grouped.stream().findFirst().or(() -> reading.request.subject)
                : whose ? reading.lastTable : Optional.empty();
        Link link = ofMeasured(linked, reading.context.pick(linked, focus));
        if (link instanceof Link.ToValue) {
            Optional<Link.ToColumn> named = values.columnOfNext(linked);
            if (named.isPresent()) {
                link = named.get();
            }
        }
        if (link instanceof Link.ToTable && reading.isMark(0, Mark.RANK)) {
            // "customer rank": whose rank it is
            reading.lastTable = Optional.of(link.table());
            return;
        }
        if (link instanceof Link.ToValue && reading.isMark(0, Mark.SHARE) && isRate(reading.mentions.get(reading.at))) {
            reading.at++;
            reading.formulas().rate((Link.ToValue) reading.context.pickValue(linked, reading.lastColumn));
            return;
        }
        if (link instanceof Link.ToValue) {
            values.value(linked);
            return;
        }
        if (link instanceof Link.ToTable table) {
            table(table.table());
            return;
        }
        Link.ToColumn column = (Link.ToColumn) link;
        if (linked.listed() && reading.role == Role.SHOWN) {
            ColumnRef shown = new ColumnRef(column.table(), column.column());
            reading.valuesAsked |= isAskedByValue(shown);
            lists.column(shown, linked.text());
            return;
        }
        boolean itsNumber = linked.text().matches("(?i)numbers?|ids?")
                && reading.role == Role.SHOWN
                && reading.request
                        .subject
                        .filter(s -> !s.name().equals(column.table().name()))
                        .isPresent();
        if (itsNumber) {
            // "which invoices ...? Number and amount": theirs
            reading.context
                    .rows()
                    .key(reading.request.subject.orElseThrow())
                    .forEach(key -> reading.show(new Attribute(key)));
            return;
        }
        ColumnRef ref = new ColumnRef(column.table(), column.column());
        List<ColumnRef> label = reading.context.rows().label(ref.table());
        boolean wholeName = lists.isWholeName(ref, linked.text()) && reading.role == Role.SHOWN;
        boolean ofNext = linked.text().matches("(?i)names?|titles?")
                && reading.role == Role.SHOWN
                && reading.linked(0)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToTable
                                && !l.table().name().equals(ref.table().name()))
                        .filter(l -> lists.isNamed(l.table()))
                        .isPresent();
        if (ofNext) {
            TableDescriptor next = reading.context
                    .pick(reading.linked(0).orElseThrow(), l -> l instanceof Link.ToTable)
                    .orElseThrow()
                    .table();
            reading.context.rows().label(next).forEach(part -> reading.show(new Attribute(part)));
            reading.at++;
            reading.lastTable = Optional.of(next);
            return;
        }
        if (wholeName) {
            label.forEach(part -> reading.show(new Attribute(part)));
            return;
        }
        boolean verb = linked.text()
                        .matches(
                                "(?i)(.*ed|sent|left|born|sold|bought|paid|spent|sign|sign up|join|register|built|began|held)")
                && (ColumnKinds.temporal(column.column())
                        || reading.context.words(ref).contains("year") && column.score() < 0.9)
                && reading.ahead(0).filter(m -> m instanceof During).isEmpty();
        boolean bare = reading.role == Role.SHOWN
                && ColumnKinds.temporal(column.column())
                && linked.text().matches("[a-z]+")
                && column.column().name().toLowerCase(Locale.ROOT).contains(linked.text() + "ed")
                && reading.ahead(-2)
                        .filter(m ->
                                m instanceof Linked || m instanceof Marker before && before.mark() == Mark.UNSUPPORTED)
                        .isPresent();
        verb |= bare;
        if (verb && reading.request.distinctness == Distinctness.AS_IS && !reading.returning && !reading.negated) {
            // "lines shipped by mail" asks for no date
            return;
        }
        boolean keyMeant = ListPhrases.isKeyMeant(linked.text());
        if (column.score() < 0.9 && reading.context.rows().isKey(ref) && !keyMeant) {
            Optional<TableDescriptor> only = reading.context.rows().refersAlone(ref, reading.context.named());
            if (linked.text().contains(" ") && only.isPresent()) {
                // "the host cities" of competitions that refer to no other cities
                table(only.get());
                reading.request.required.add(ref.table());
                return;
            }
            if (linked.text().contains(" ")) {
                // "the family doctor": another way to the doctors than the one that is gone
                reading.unexplained.add(linked.text());
            }
            // "supports" is no wish to see support_rep_id
            return;
        }
        boolean measuredAlready = column.score() < 0.95
                && reading.role == Reading.Role.SHOWN
                && reading.request.measures().stream()
                        .anyMatch(m -> m.column().filter(ref::equals).isPresent());
        if (measuredAlready) {
            // "the average number of years spent working"
            return;
        }
        Optional<TableDescriptor> target = keyMeant || isCalledAfterItself(ref)
                ? Optional.empty()
                : reading.context.rows().refersTo(ref);
        if (target.isPresent()) {
            table(target.get());
            return;
        }
        column(ref);
    }

    /** "classroom", where teachers are told by theirs: the number of the room, and not who teaches there. */
    private boolean isCalledAfterItself(ColumnRef ref) {
        List<String> words = reading.context.words(ref);
        return reading.context
                .rows()
                .refersTo(ref)
                .filter(t -> t.column(ref.column().name()).isPresent())
                .filter(t -> reading.context.words(t).stream().noneMatch(words::contains))
                .filter(t -> words.stream().noneMatch(w -> w.equals("id") || w.equals("key") || w.equals("code")))
                .isPresent();
    }

    /** "the average price by grape": rows that are measured are told apart by a column of their own where they have it. */
    private Link ofMeasured(Linked linked, Link best) {
        if (reading.role != Reading.Role.GROUPED || !(best instanceof Link.ToColumn)) {
            return best;
        }
        return reading.request.measures().stream()
                .flatMap(m -> linked.links().stream()
                        .filter(l ->
                                l instanceof Link.ToColumn && l.table().name().equals(m.of().name())))
                .filter(l -> l.score() >= best.score())
                .findFirst()
                .orElse(best);
    }

    private static boolean isRate(Mention share) {
        return share.text().matches("(?i)rates?|percentage|ratio");
    }

    void table(TableDescriptor table) {
        reading.lastTable = Optional.of(table);
        if (wordsBefore().equalsIgnoreCase("dr")) {
            // "Dr. Okafor": the title says who is meant and asks for nobody
            return;
        }
        if (reading.role == Role.SHOWN && reading.isMark(-2, Mark.WHICH) && reading.request.outputs.isEmpty()) {
            reading.askedFirst = Optional.of(table);
        }
        if (reading.lastTime.isPresent()
                && reading.role != Role.GROUPED
                && reading.context.times().of(table).isPresent()) {
            reading.show(new Measure(
                    reading.lastTime.get().direction() == Direction.DESC
                            ? AggregateFunction.MAX
                            : AggregateFunction.MIN,
                    table,
                    reading.context.times().of(table),
                    Distinctness.AS_IS));
            reading.lastTime = Optional.empty();
            return;
        }
        if (reading.negated) {
            reading.negated = false;
            reading.request.absent.add(table);
            return;
        }
        if (RoleTables.isRole(table) && !reading.roles.add(table.name())) {
            // "the manager of his manager" is yet another row
            reading.unexplained.add(table.name().table());
        }
        if (reading.role == Role.GROUPED
                && EVENT.matcher(reading.ahead(-1).map(Mention::text).orElse(""))
                        .matches()) {
            // "tracks of every genre did we sell" groups by no sales
            reading.request.required.add(table);
            return;
        }
        switch (reading.role) {
            case SHOWN -> {
                if (reading.series) {
                    // "running total of orders" adds up how many there are
                    reading.series = false;
                    Optional<ColumnRef> money = reading.context.amounts().isAboutMoney(wordsBefore())
                            ? reading.context.amounts().money(table)
                            : Optional.empty();
                    reading.show(
                            money.isPresent()
                                    ? new Measure(AggregateFunction.SUM, table, money, Distinctness.AS_IS)
                                    : Reading.count(table));
                    return;
                }
                if (lists.isBesideFigure()) {
                    reading.grouped.add(table);
                    return;
                }
                if (lists.isTableToo()) {
                    lists.table(table);
                    return;
                }
                reading.shownTables.add(table);
                boolean listed = reading.at >= 2
                        && reading.mentions.get(reading.at - 2) instanceof Marker before
                        && (before.mark() == Mark.AND || before.mark() == Mark.COMMA || before.mark() == Mark.RETURN);
                boolean counted = reading.request.subject.isEmpty()
                        && reading.request.outputs.stream()
                                .anyMatch(o -> o instanceof Measure m
                                        && m.column().isEmpty()
                                        && !m.of().name().equals(table.name()));
                if (counted && !reading.returning && !listed) {
                    // "how many songs have been sold": those of which there is a sale
                    reading.request.required.add(table);
                } else if (reading.request.subject.isEmpty()) {
                    reading.request.subject = Optional.of(table);
                } else if (!reading.returning && !listed) {
                    // "customers placed an order": there is one
                    reading.request.required.add(table);
                }
            }
            case GROUPED -> grouped(table);
            case RANKED -> {
                boolean said = reading.pendingTop.isEmpty()
                        && reading.lastMeasure()
                                .filter(m -> m.of().name().equals(table.name()))
                                .isPresent();
                if (said) {
                    // "by total amount paid": what ranks is said
                    reading.request.required.add(table);
                    return;
                }
                reading.ranks()
                        .rankedBy(
                                Reading.count(table),
                                reading.pendingTop.map(Rank::direction).orElse(Direction.DESC));
            }
            case ORDERED -> reading.orders().table(table);
            case CONDITION -> reading.request.required.add(table);
        }
    }

    /** "per region of the customers": whose regions they are, and nothing to group by. */
    private void grouped(TableDescriptor table) {
        boolean whose = reading.ahead(-2).filter(m -> m instanceof Linked).isPresent()
                && !reading.grouped.isEmpty()
                && !reading.grouped.get(reading.grouped.size() - 1).name().equals(table.name())
                && reading.context.rows().refers(table, reading.grouped.get(reading.grouped.size() - 1));
        if (whose) {
            reading.request.required.add(table);
            return;
        }
        reading.grouped.add(table);
    }

    void column(ColumnRef column) {
        reading.lastColumn = Optional.of(column);
        if (reading.lastTime.isPresent() && reading.askedWhen && ColumnKinds.temporal(column.column())) {
            // "when did each member last check in"
            boolean latest = reading.lastTime.get().direction() == Direction.DESC;
            reading.lastTime = Optional.empty();
            reading.show(new Measure(
                    latest ? AggregateFunction.MAX : AggregateFunction.MIN,
                    column.table(),
                    Optional.of(column),
                    Distinctness.AS_IS));
            return;
        }
        reading.lastFigure = reading.role == Role.CONDITION ? Optional.empty() : reading.lastFigure;
        if (column.column().type().kind() == TypeKind.BOOLEAN) {
            boolean said = reading.at < reading.mentions.size()
                    && reading.mentions.get(reading.at) instanceof Marker m
                    && (m.mark() == Mark.TRUE || m.mark() == Mark.FALSE);
            if (!said && reading.role != Role.SHOWN || !said && !reading.returning) {
                reading.conditions.truth(Optional.of(column), !reading.negation());
            }
            return;
        }
        boolean present = reading.presence && reading.role == Role.CONDITION;
        reading.presence = false;
        boolean more = reading.at < reading.mentions.size()
                && (reading.mentions.get(reading.at) instanceof Compare
                        || reading.mentions.get(reading.at) instanceof Like
                        || reading.mentions.get(reading.at) instanceof During
                        || reading.mentions.get(reading.at) instanceof Quoted
                        || reading.mentions.get(reading.at) instanceof Mention.Number
                        || reading.mentions.get(reading.at) instanceof Marker after
                                && (after.mark() == Mark.ABOVE_AVERAGE || after.mark() == Mark.BELOW_AVERAGE)
                        || reading.mentions.get(reading.at) instanceof Linked);
        if (present && !more && !reading.negated) {
            reading.conditions.present(column);
            return;
        }
        boolean said = reading.at < reading.mentions.size()
                && reading.mentions.get(reading.at) instanceof During
                && (ColumnKinds.temporal(column.column())
                        || reading.context.times().isYear(column));
        if (said) {
            // "hired after 2002": the time is a condition on it
            return;
        }
        if (reading.negated && valueFollows()) {
            // "not from the city of Lyon": the value is denied, and the city is there
            reading.role = Role.CONDITION;
            return;
        }
        if (reading.negated) {
            reading.negated = false;
            reading.conditions.missing(column);
            return;
        }
        boolean summed = column.column().type().isNumeric()
                && !reading.context.rows().isKey(column)
                && (reading.series || reading.context.amounts().isAboutMoney(wordsBefore()))
                && reading.role == Role.SHOWN;
        if (summed) {
            reading.series = false;
            reading.show(new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS));
            return;
        }
        boolean made = reading.askedWho
                && ColumnKinds.text(column.column())
                && reading.ahead(-2)
                        .filter(m -> m.text().equalsIgnoreCase("who"))
                        .isPresent();
        if (made) {
            // "who wrote": whoever the column names
            reading.askedWho = false;
            reading.show(new Attribute(column));
            return;
        }
        switch (reading.role) {
            case SHOWN -> {
                reading.valuesAsked |= isAskedByValue(column);
                if (saysMoreOfCounted()) {
                    // "how many storms had victims": a condition that was not understood, and no column to show
                    reading.unexplained.add(wordsBefore());
                    return;
                }
                if (wordsBefore().matches("(?i)dates?|days?")) {
                    reading.bareDates.add(new Attribute(column));
                }
                reading.show(new Attribute(column));
            }
            case GROUPED -> {
                boolean head =
                        reading.ahead(-2).filter(m -> m instanceof Linked).isPresent()
                                && HEADS.matcher(wordsBefore()).matches()
                                && !reading.request.groups.isEmpty();
                if (head) {
                    // "for each service level": the service
                    return;
                }
                if (ColumnKinds.temporal(column.column()) && !reading.units.isEmpty()) {
                    return;
                }
                reading.show(new Attribute(column));
                reading.request.groups.add(new Attribute(column));
            }
            case RANKED -> rankColumn(column);
            case ORDERED -> reading.order(orderItem(column));
            case CONDITION -> {
                // waits for a value or a comparison; where none comes, "who built a mill" still says that there is one
                if (isSaidOfTable(column)) {
                    reading.request.required.add(column.table());
                } else {
                    reading.waiting.add(column, wordsBefore());
                }
            }
        }
    }

    /** Whether what is said next is what a column is held against. */
    private boolean valueFollows() {
        int next = 0;
        while (reading.isMark(next, Mark.PREPOSITION)) {
            next++;
        }
        Mention mention = reading.ahead(next).orElse(null);
        return mention instanceof Mention.Quoted
                || mention instanceof Mention.Number
                || mention instanceof Compare
                || mention instanceof Like
                || mention instanceof Linked value && value.links().get(0) instanceof Link.ToValue;
    }

    /** Whether the words that name a column name its table, too. */
    private boolean isSaidOfTable(ColumnRef column) {
        List<String> said =
                Arrays.stream(wordsBefore().split("[_\\s]+")).map(Stems::of).toList();
        return said.containsAll(reading.context.words(column.table()));
    }

    /** After "how many storms", before any word that lists, groups or asks anew. */
    private boolean saysMoreOfCounted() {
        boolean counted = reading.lastMeasure()
                .filter(m ->
                        m.function() == AggregateFunction.COUNT && m.column().isEmpty())
                .isPresent();
        // "have the black membership card": the value is said beside it
        boolean said = reading.ahead(0).filter(m -> !(m instanceof Marker)).isPresent()
                || reading.isMark(0, Mark.PREPOSITION)
                        && reading.ahead(1)
                                .filter(m -> !(m instanceof Marker || m instanceof Linked))
                                .isPresent()
                || reading.linked(-2)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToValue)
                        .isPresent();
        if (!counted || said || reading.returning || reading.request.outputs.size() != 1) {
            return false;
        }
        for (int back = -2; ; back--) {
            Optional<Mention> mention = reading.ahead(back);
            if (mention.isEmpty() || !(mention.get() instanceof Linked || mention.get() instanceof Marker)) {
                return false;
            }
            if (mention.get() instanceof Marker marker && marker.mark() != Mark.NOT) {
                return marker.mark() == Mark.COUNT && marker.text().equalsIgnoreCase("how many");
            }
        }
    }

    /** "which towns do they come from": each town once, however many rows have it. */
    private boolean isAskedByValue(ColumnRef column) {
        return reading.isMark(-2, Mark.WHICH)
                && reading.ahead(-2).orElseThrow().text().matches("(?i)which|what|what are|what were")
                && ColumnKinds.text(column.column())
                && !reading.context.rows().isKey(column)
                && !reading.context.rows().label(column.table()).contains(column);
    }

    private String wordsBefore() {
        return reading.ahead(-1).map(Mention::text).orElse("");
    }

    void rankColumn(ColumnRef column) {
        Direction direction = reading.pendingTop.map(Rank::direction).orElse(Direction.DESC);
        boolean own = reading.request
                .subject
                .filter(s -> s.name().equals(column.table().name()))
                .isPresent();
        if (own || !column.column().type().isNumeric()) {
            reading.request.orders.add(new Order(new Attribute(column), direction));
            return;
        }
        reading.ranks()
                .rankedBy(
                        new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS),
                        direction);
    }

    /** A column that is already shown under an aggregate is ordered by as shown. */
    Item orderItem(ColumnRef column) {
        return reading.request.outputs.stream()
                .filter(o -> o instanceof Measure m
                                && m.column().filter(column::equals).isPresent()
                        || o instanceof Bucket b && b.column().equals(column))
                .findFirst()
                .orElse(new Attribute(column));
    }
}
