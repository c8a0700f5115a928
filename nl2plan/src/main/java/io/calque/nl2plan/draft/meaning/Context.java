package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.RowKeys;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of the things that words may mean fits the rest of the question best: the tables that the question names attract. Used for one
 * question.
 */
public final class Context {
    private static final double NAMED = 0.3;
    private static final double STEP = 0.09;
    private static final double FOCUS = 0.15;
    private static final double NAMING = 0.04;
    private static final double UNREACHABLE = 0.5;
    private static final double ROLE = 0.3;

    private final Lexicon lexicon;
    private final JoinGraph graph;
    private final List<TableDescriptor> tables;
    private final Set<TableName> named = new LinkedHashSet<>();
    private final Map<Set<TableName>, Integer> distances = new HashMap<>();
    private final RowNames rows;
    private final TableTimes times;
    private final Amounts amounts;

    public Context(Lexicon lexicon, JoinGraph graph, List<TableDescriptor> tables, List<Mention> mentions) {
        this.tables = tables;
        this.lexicon = lexicon;
        this.graph = graph;
        this.rows = new RowNames(lexicon, graph, tables);
        this.times = new TableTimes(lexicon, graph, tables);
        this.amounts = new Amounts(lexicon, graph, tables, rows, named);
        mentions.forEach(this::anchor);
        for (int i = 1; i < mentions.size(); i++) {
            boolean dated = mentions.get(i - 1) instanceof Mention.Marker marker && marker.mark() == Mention.Mark.DATED;
            if (dated && mentions.get(i) instanceof Linked date) {
                // times are told by this date, so its rows are what is asked about
                date.links().stream()
                        .filter(l -> l instanceof Link.ToColumn c && ColumnKinds.temporal(c.column()))
                        .limit(1)
                        .forEach(l -> named.add(l.table().name()));
            }
            if (mentions.get(i - 1) instanceof Linked first && mentions.get(i) instanceof Linked last) {
                anchor(first, last);
            }
        }
    }

    private void anchor(Mention mention) {
        if (mention instanceof Linked linked) {
            anchor(linked);
        } else if (mention instanceof Mention.Calculation calculation) {
            calculation
                    .formula()
                    .phrases()
                    .forEach(p ->
                            calculation.phrases().getOrDefault(p, List.of()).forEach(this::anchor));
        }
    }

    /** A first and a last name that rows of one table alone have say that the person is one of these. */
    private void anchor(Linked first, Linked last) {
        List<TableName> people = tables.stream()
                .filter(t -> {
                    List<ColumnRef> names = rows.label(t);
                    return names.size() == 2 && isValueOf(first, names.get(0)) && isValueOf(last, names.get(1));
                })
                .map(TableDescriptor::name)
                .toList();
        if (people.size() == 1) {
            named.add(people.get(0));
        }
    }

    private static boolean isValueOf(Linked linked, ColumnRef column) {
        return linked.links().stream()
                .anyMatch(l -> l instanceof Link.ToValue value
                        && value.table().name().equals(column.table().name())
                        && value.column().name().equals(column.column().name()));
    }

    /** A name that fits one table alone says that the table is meant. */
    private void anchor(Linked linked) {
        double best = linked.links().get(0).score();
        List<Link> top = linked.links().stream()
                .filter(l -> l.score() > best - 0.05)
                .filter(l -> l instanceof Link.ToTable || !RoleTables.isRole(l.table()))
                .toList();
        long tables = top.stream().map(l -> l.table().name()).distinct().count();
        boolean taken = top.size() == 1 && top.get(0) instanceof Link.ToTable && best > 0.6;
        if (tables == 1 && (best > 0.75 || taken)) {
            named.add(top.get(0).table().name());
            return;
        }
        top.stream()
                .filter(l -> l instanceof Link.ToTable && l.score() > 0.75)
                .limit(1)
                .forEach(l -> named.add(l.table().name()));
    }

    /** The best link of the kind wanted. */
    public Optional<Link> pick(Linked linked, Predicate<Link> wanted) {
        return linked.links().stream().filter(wanted).max(Comparator.comparingDouble(this::worth));
    }

    /** The best link of all, where a bare "name" or "id" belongs to what the question is about. */
    public Link pick(Linked linked, Optional<TableDescriptor> focus) {
        return linked.links().stream()
                .max(Comparator.comparingDouble(l -> worth(l)
                        + (focus.filter(f -> f.name().equals(l.table().name())).isPresent() ? FOCUS : 0)))
                .orElseThrow();
    }

    double worth(Link link) {
        double kind = link instanceof Link.ToTable ? 0.12 : link instanceof Link.ToValue ? 0.06 : 0;
        double role = RoleTables.isRole(link.table())
                        && !(link instanceof Link.ToTable)
                        && !named.contains(link.table().name())
                ? -ROLE
                : 0;
        return link.score() + kind + key(link) + naming(link) + attraction(link.table()) + role;
    }

    /** "genres" are told by genre.name before genre.genre_id. */
    private double naming(Link link) {
        if (!(link instanceof Link.ToColumn column) || column.score() > 0.95) {
            return 0;
        }
        List<String> words = lexicon.words(column.table(), column.column());
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        boolean name = ColumnKinds.text(column.column()) && (last.equals("name") || last.equals("titl"));
        return name ? NAMING : last.equals("id") || last.equals("key") ? -NAMING : 0;
    }

    /** "customer id" is the customer's own key before any reference to it. */
    private double key(Link link) {
        if (!(link instanceof Link.ToColumn column)) {
            return 0;
        }
        boolean own = RowKeys.of(column.table()).contains(column.column().name());
        return own ? 0.05 : rows.isKey(new ColumnRef(column.table(), column.column())) ? -0.05 : 0;
    }

    private double attraction(TableDescriptor table) {
        if (named.isEmpty()) {
            return 0;
        }
        if (named.contains(table.name())) {
            return NAMED;
        }
        int nearest =
                named.stream().mapToInt(n -> distance(n, table.name())).min().orElse(0);
        return nearest == Integer.MAX_VALUE ? -UNREACHABLE : -STEP * nearest;
    }

    private int distance(TableName a, TableName b) {
        if (a.equals(b)) {
            return 0;
        }
        return distances.computeIfAbsent(
                Set.of(a, b), pair -> graph.distance(a, b).orElse(Integer.MAX_VALUE));
    }

    /** The tables that the question speaks of. */
    public Set<TableName> named() {
        return Collections.unmodifiableSet(named);
    }

    /** What tells rows apart. */
    public RowNames rows() {
        return rows;
    }

    /** Which date is meant. */
    public TableTimes times() {
        return times;
    }

    /** Which number is meant. */
    public Amounts amounts() {
        return amounts;
    }

    public List<TableDescriptor> tables() {
        return tables;
    }

    /** The words of a table's name, as stems. */
    public List<String> words(TableDescriptor table) {
        return lexicon.words(table);
    }

    /** The columns of a table that words may name, best first. */
    public List<Link.ToColumn> columns(TableDescriptor table, List<String> words) {
        return lexicon.find(words).stream()
                .filter(l -> l instanceof Link.ToColumn && l.table().name().equals(table.name()))
                .map(l -> (Link.ToColumn) l)
                .toList();
    }

    public List<String> words(ColumnRef column) {
        return lexicon.words(column.table(), column.column());
    }

    public int distanceTo(TableName a, TableName b) {
        return distance(a, b);
    }

    /** The value meant: of the column just named before any other's. */
    public Link pickValue(Linked linked, Optional<ColumnRef> column) {
        return linked.links().stream()
                .filter(l -> l instanceof Link.ToValue v
                        && column.filter(c -> c.equals(new ColumnRef(v.table(), v.column())))
                                .isPresent())
                .findFirst()
                .or(() -> pick(linked, l -> l instanceof Link.ToValue))
                .orElseThrow();
    }

    /** Whether a word only repeats what a date of a named table is called: "hired" and hire_date. */
    public boolean explains(String word) {
        String stem = Stems.of(word);
        return tables.stream()
                .filter(t -> named.contains(t.name()))
                .anyMatch(t -> t.columns().stream()
                        .filter(c -> ColumnKinds.temporal(c)
                                || c.type().isNumeric() && lexicon.words(t, c).contains("year"))
                        .anyMatch(c -> lexicon.words(t, c).stream()
                                .anyMatch(w -> w.equals(stem) || lexicon.similar(w, stem))));
    }

    /** Columns of different tables that the words fit equally well; empty where one fits best. */
    public List<Link> equallyGood(Linked linked) {
        List<Link> sorted = linked.links().stream()
                .sorted(Comparator.comparingDouble(this::worth).reversed())
                .toList();
        double best = worth(sorted.get(0));
        if (!(sorted.get(0) instanceof Link.ToColumn first) || sorted.get(0).score() < 0.9) {
            return List.of();
        }
        List<Link> same = sorted.stream()
                .filter(l -> l instanceof Link.ToColumn c
                        && worth(l) > best - 0.01
                        && (l == first || !c.table().name().equals(first.table().name())))
                .toList();
        return same.size() > 1 ? same : List.of();
    }

    /** The tables that a word means equally well; one where it is clear. */
    public List<String> equallyNear(Linked linked) {
        double best = linked.links().stream().mapToDouble(this::worth).max().orElse(0);
        return linked.links().stream()
                .filter(l -> l instanceof Link.ToTable && worth(l) > best - 0.01)
                .map(l -> l.table().name().toString())
                .distinct()
                .toList();
    }
}
