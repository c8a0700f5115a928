package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.RoleTables;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values of the catalog: whose rows each restricts. Single-threaded. */
final class ValuePhrases {
    private static final Pattern EXCLUDING = Pattern.compile("(?i)excluding|except( for)?|other than");

    private final Reading reading;
    private final ValueMeant meant;

    ValuePhrases(Reading reading) {
        this.reading = reading;
        this.meant = new ValueMeant(reading);
    }

    /** The column that a word names, of which a value is said next. */
    Optional<Link.ToColumn> columnOfNext(Linked linked) {
        return meant.columnOfNext(linked);
    }

    /** A value restricts the rows that it is said of. */
    void value(Linked linked) {
        Link.ToValue value = fullName(linked)
                .or(() -> besideTable(linked))
                .or(() -> meant.beforeNoun(linked))
                .or(() -> meant.byDirection(linked))
                .or(() -> ofMany(linked))
                .orElseGet(() -> (Link.ToValue) reading.context.pickValue(linked, reading.lastColumn));
        boolean adjective = reading.at < reading.mentions.size()
                && reading.mentions.get(reading.at) instanceof Linked noun
                && reading.context
                        .pick(noun, l -> true)
                        .filter(l -> l instanceof Link.ToTable)
                        .isPresent()
                // "the singer Ann Lee plays": a last name is said of who was named before it
                && !beside(value, reading.linked(-2));
        ColumnRef column = new ColumnRef(value.table(), value.column());
        // "no Rock tracks" denies the tracks, not the Rock
        Optional<TableDescriptor> owner = owner(value, adjective);
        boolean ofEach = owner.isPresent()
                && reading.isMark(-2, Mention.Mark.AND)
                && reading.conditions.knows(new ColumnRef(value.table(), value.column()), owner)
                && reading.request
                        .subject
                        .filter(s -> !s.name().equals(owner.get().name()))
                        .isPresent();
        if (isSecondOfOneColumn(column, linked)) {
            // "flights from Germany to Austria" are in neither or the other
            reading.unexplained.add(linked.text());
        }
        if (ofEach) {
            // "rock songs as well as metal songs" are no songs of either kind
            reading.unexplained.add("as well as " + linked.text());
        }
        if (!adjective && reading.role == Reading.Role.SHOWN && isNoun(linked, value) && owner.isEmpty()) {
            // "list the teaching fellows": what is called so is asked for
            reading.askFor(value.table());
        }
        if (!adjective
                && reading.lastColumn.filter(column::equals).isPresent()
                && reading.linked(-2).isPresent()) {
            reading.unshow(column, -2);
        }
        boolean each = reading.ahead(-2)
                .filter(m -> m.text().matches("(?i).*\\b(each|every)( of)?( the)?"))
                .isPresent();
        if (!adjective && each && reading.isMark(-2, Mention.Mark.PER)) {
            groupBy(value);
        }
        if (adjective && reading.negated && (isAskedAbout() || isExcluding())) {
            // "orders, not counting cancelled orders": of what is asked about anyway, the value is denied
            reading.conditions.value(value, reading.negation(), owner);
            reading.denied = reading.at - 1;
            reading.at++;
            return;
        }
        boolean denied = !adjective && (reading.negation() || isListedWithDenied());
        if (denied) {
            reading.denied = reading.at - 1;
        }
        reading.conditions.value(value, denied, owner);
        ofColumn(value);
        if (reading.both) {
            reading.bothOf = Optional.of(new ColumnRef(value.table(), value.column()));
        }
        reading.lastTable = reading.lastTable.or(() -> Optional.of(value.table()));
    }

    /** "not from Lyon or Turin": from neither. */
    private boolean isListedWithDenied() {
        int before = -2;
        while (reading.isMark(before, Mention.Mark.PREPOSITION)) {
            before--;
        }
        boolean listed = reading.isMark(before, Mention.Mark.OR)
                || reading.isMark(before, Mention.Mark.COMMA)
                || reading.isMark(before, Mention.Mark.AND)
                        && !reading.ahead(before).orElseThrow().text().equalsIgnoreCase("but");
        boolean denied = listed && reading.denied >= 0 && reading.denied == reading.at + before - 1;
        if (denied) {
            reading.alternatives().settled();
        }
        return denied;
    }

    /** "each captain" is each of those people, "each of Lyon and Graz" each city of these. */
    private void groupBy(Link.ToValue value) {
        ColumnRef column = new ColumnRef(value.table(), value.column());
        boolean listed = (reading.isMark(0, Mention.Mark.COMMA) || reading.isMark(0, Mention.Mark.AND))
                && reading.linked(1).stream()
                        .flatMap(l -> l.links().stream())
                        .anyMatch(l -> l instanceof Link.ToValue next
                                && new ColumnRef(next.table(), next.column()).equals(column));
        if (listed) {
            reading.show(new Request.Attribute(column));
            reading.request.groups.add(new Request.Attribute(column));
        } else if (WhoAsked.isPeople(value.table(), reading.context)
                && !reading.context.rows().label(value.table()).contains(column)) {
            reading.grouped.add(value.table());
        }
    }

    /** Whether the noun that follows names the rows that are asked for or counted, or those that each of them belongs to. */
    private boolean isAskedAbout() {
        Optional<TableDescriptor> noun = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> true))
                .filter(l -> l instanceof Link.ToTable)
                .map(Link::table);
        List<TableDescriptor> asked = new ArrayList<>();
        reading.request.subject.ifPresent(asked::add);
        reading.request.measures().forEach(m -> asked.add(m.of()));
        return noun.filter(n -> asked.stream()
                        .anyMatch(a -> a.name().equals(n.name())
                                || reading.context.rows().refers(a, n)))
                .isPresent();
    }

    /** "excluding void invoices" leaves out the void ones, and not the invoices. */
    private boolean isExcluding() {
        return reading.ahead(-2).orElse(null) instanceof Mention.Marker not
                && not.mark() == Mention.Mark.NOT
                && EXCLUDING.matcher(not.text()).matches();
    }

    /** "low priority", "express service": the column's name after its value asks for nothing more. */
    private void ofColumn(Link.ToValue value) {
        ColumnRef column = new ColumnRef(value.table(), value.column());
        boolean own = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> true))
                .filter(l -> l instanceof Link.ToColumn c && new ColumnRef(c.table(), c.column()).equals(column))
                .isPresent();
        if (own) {
            String words = reading.linked(0).orElseThrow().text();
            reading.at++;
            if (words.indexOf(' ') > 0
                    && !reading.context.words(column).contains(Stems.of(words.substring(words.lastIndexOf(' ') + 1)))) {
                // "priority tickets" names the tickets too
                reading.tables().table(column.table());
            }
        }
    }

    /** Two values side by side, of a column that has one a row, are no list: each is said of another row. */
    private boolean isSecondOfOneColumn(ColumnRef column, Linked second) {
        // "from Wales to Spain": a way may stand between them
        Optional<Linked> before = reading.linked(reading.isMark(-2, Mention.Mark.PREPOSITION) ? -3 : -2);
        return !second.equals(before.orElse(null))
                && before.stream()
                        .flatMap(l -> l.links().stream().limit(1))
                        .anyMatch(l -> l instanceof Link.ToValue v
                                && new ColumnRef(v.table(), v.column()).equals(column)
                                && !l.equals(second.links().get(0)))
                && reading.conditions.knows(column, Optional.empty());
    }

    /** Whether a value is said as a noun of its own: in the plural, where itself it stands in the singular. */
    static boolean isNoun(Linked linked, Link.ToValue value) {
        String said = linked.text().toLowerCase(Locale.ROOT);
        String written = value.value().toLowerCase(Locale.ROOT);
        return said.endsWith("s") && !written.endsWith("s")
                || said.matches(".*(?:ists|ians|ers|ors|eons)") && !said.equals(written);
    }

    /** "stayed in both Lyon and Graz": of that of which there may be many. */
    private Optional<Link.ToValue> ofMany(Linked linked) {
        return reading.both
                ? reading.context
                        .pick(linked, l -> l instanceof Link.ToValue && !reading.isOfOne(l.table()))
                        .map(l -> (Link.ToValue) l)
                : Optional.empty();
    }

    /** "customer Okafor", "Dr. Okafor": a name said of rows just named is one of theirs. */
    private Optional<Link.ToValue> besideTable(Linked linked) {
        Optional<TableDescriptor> table = reading.linked(-2)
                .flatMap(l -> reading.context.pick(l, x -> true))
                .filter(l -> l instanceof Link.ToTable)
                .map(Link::table);
        return table.flatMap(t -> linked.links().stream()
                .filter(l -> l instanceof Link.ToValue v
                        && v.table().name().equals(t.name())
                        && reading.context.rows().label(t).contains(new ColumnRef(v.table(), v.column())))
                .map(l -> (Link.ToValue) l)
                .findFirst());
    }

    /** "whose manager is Ann Lee": names said of a role are its own, all others those of the rows themselves. */
    Linked ofRole(Linked said) {
        boolean role = reading.lastTable
                .filter(RoleTables::isRole)
                .filter(t -> reading.request
                        .subject
                        .filter(s -> s.name().equals(t.name()))
                        .isEmpty())
                .isPresent();
        List<Link> fitting = said.links().stream()
                .filter(l -> !(l instanceof Link.ToValue)
                        || (role
                                ? l.table()
                                        .name()
                                        .equals(reading.lastTable.get().name())
                                : !RoleTables.isRole(l.table())))
                .toList();
        return fitting.isEmpty() ? said : new Linked(fitting, said.text(), said.listed());
    }

    /** "Frank Harris": a first name is the one of the table that has the last name. */
    private Optional<Link.ToValue> fullName(Linked linked) {
        Optional<Linked> next = reading.linked(0);
        Optional<Linked> before = reading.linked(-2);
        return linked.links().stream()
                .filter(l -> l instanceof Link.ToValue)
                .map(l -> (Link.ToValue) l)
                .filter(v -> beside(v, next) || beside(v, before))
                .findFirst();
    }

    private boolean beside(Link.ToValue value, Optional<Linked> neighbour) {
        List<ColumnRef> label = reading.context.rows().label(value.table());
        return label.size() == 2
                && label.contains(new ColumnRef(value.table(), value.column()))
                && neighbour.stream()
                        .flatMap(l -> l.links().stream())
                        .anyMatch(l -> l instanceof Link.ToValue other
                                && other.table().name().equals(value.table().name())
                                && !other.column().equals(value.column())
                                && label.contains(new ColumnRef(other.table(), other.column())));
    }

    /** "German suppliers", "suppliers in Germany": the value is said of these rows alone, where they have one each. */
    private Optional<TableDescriptor> owner(Link.ToValue value, boolean adjective) {
        if (reading.request.shareFrom.isPresent() || reading.both) {
            return Optional.empty();
        }
        Optional<TableDescriptor> noun = adjective
                ? reading.linked(0)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToTable)
                        .map(Link::table)
                : reading.ahead(-2).filter(m -> m instanceof Mention.Marker).isPresent()
                        ? reading.lastTable
                        : Optional.empty();
        return noun.filter(n -> !n.name().equals(value.table().name()))
                .filter(n -> reading.context.rows().refers(n, value.table()));
    }
}
