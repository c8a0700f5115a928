package io.calque.nl2plan.search;

import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which tables can be joined on what: declared foreign keys, relationships, and where neither says anything of two tables, columns named
 * after the other's key. Immutable, thread-safe.
 */
public final class JoinGraph {
    private static final double DECLARED = 1;
    private static final double INFERRED = 1.3;
    private static final double GUESSED = 1.6;
    private static final double DOWN = 0.6;
    /** Two rows that belong to the same third say less of one another than two that a third belongs to. */
    private static final double TURN = 0.3;
    /** A reference under a name of its own, as an advisor's, is meant where that name is said; else any other way is. */
    private static final double ROLE = 2;

    private static final Set<String> SMALL =
            Set.of("id", "key", "no", "number", "num", "code", "ref", "refer", "fk", "uuid", "to", "by", "name");
    private static final int MOST_ORDERS = 4;
    private static final double LINK = 0.1;
    private static final double SAME = 0.01;

    private final Set<TableName> links = new HashSet<>();

    private final List<Edge> edges = new ArrayList<>();

    /** From a referring table to the key it refers to: each row of {@code many} has at most one of {@code one}. */
    public record Edge(
            TableName many, List<String> manyColumns, TableName one, List<String> oneColumns, double weight) {
        public Edge {
            manyColumns = List.copyOf(manyColumns);
            oneColumns = List.copyOf(oneColumns);
        }

        boolean touches(TableName table) {
            return many.equals(table) || one.equals(table);
        }

        public TableName other(TableName table) {
            return many.equals(table) ? one : many;
        }
    }

    public JoinGraph(CatalogSnapshot catalog, List<TableDescriptor> readable, Lexicon lexicon) {
        Set<TableName> names = new HashSet<>();
        readable.forEach(t -> names.add(t.name()));
        for (TableDescriptor table : readable) {
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                add(names, new Edge(table.name(), key.columns(), key.target(), key.targetColumns(), DECLARED));
            }
        }
        for (Relationship relationship : catalog.relationships()) {
            if (relationship.state() != Relationship.State.REJECTED) {
                boolean sure = relationship.state() != Relationship.State.INFERRED;
                add(
                        names,
                        new Edge(
                                relationship.from().table(),
                                relationship.from().columns(),
                                relationship.to().table(),
                                relationship.to().columns(),
                                sure ? DECLARED : INFERRED + (1 - relationship.confidence()) / 2));
            }
        }
        guess(readable, lexicon);
        edges.addAll(RoleReferences.of(readable, lexicon, List.copyOf(edges)));
        edges.replaceAll(edge -> isRole(edge, readable, lexicon)
                ? new Edge(edge.many(), edge.manyColumns(), edge.one(), edge.oneColumns(), edge.weight() + ROLE)
                : edge);
        readable.stream().filter(this::isLink).forEach(t -> links.add(t.name()));
        edges.replaceAll(edge -> links.contains(edge.many())
                ? new Edge(edge.many(), edge.manyColumns(), edge.one(), edge.oneColumns(), edge.weight() - LINK)
                : edge);
    }

    /** Whether a table is there to link others: its key is made of references. */
    private boolean isLink(TableDescriptor table) {
        List<String> key = RowKeys.of(table);
        Set<String> references = new HashSet<>();
        edges.stream().filter(e -> e.many().equals(table.name())).forEach(e -> references.addAll(e.manyColumns()));
        return key.size() > 1 && references.containsAll(key);
    }

    /** Another table that links the wanted ones as well as the one that was chosen does; empty where none does, or one is only there to link. */
    public Optional<List<TableName>> rivals(Set<TableName> wanted, List<Edge> chosen) {
        for (Edge edge : chosen) {
            TableName connector = edge.many();
            long legs = chosen.stream().filter(e -> e.many().equals(connector)).count();
            if (wanted.contains(connector) || links.contains(connector) || legs < 2) {
                continue;
            }
            JoinGraph rest = new JoinGraph(
                    edges.stream().filter(e -> !e.touches(connector)).toList());
            Optional<List<Edge>> other = rest.connect(wanted);
            if (other.isPresent()
                    && other.get().size() == chosen.size()
                    && Math.abs(weight(other.get()) - weight(chosen)) < SAME) {
                return other.get().stream()
                        .map(Edge::many)
                        .filter(t -> !wanted.contains(t) && chosen.stream().noneMatch(e -> e.touches(t)))
                        .findFirst()
                        .map(t -> List.of(connector, t));
            }
        }
        return Optional.empty();
    }

    /** Whether the referring column says more than what table it refers to, where others of its kind say no more. */
    private static boolean isRole(Edge edge, List<TableDescriptor> readable, Lexicon lexicon) {
        if (edge.manyColumns().size() != 1 || edge.many().equals(edge.one())) {
            return false;
        }
        Set<String> words = new HashSet<>();
        readable.stream()
                .filter(t -> t.name().equals(edge.many()))
                .forEach(t -> t.column(edge.manyColumns().get(0)).ifPresent(c -> words.addAll(lexicon.words(t, c))));
        readable.stream().filter(t -> t.name().equals(edge.one())).forEach(t -> {
            words.removeAll(lexicon.words(t));
            edge.oneColumns().forEach(k -> t.column(k).ifPresent(c -> words.removeAll(lexicon.words(t, c))));
        });
        words.removeAll(SMALL);
        return !words.isEmpty();
    }

    private JoinGraph(List<Edge> edges) {
        this.edges.addAll(edges);
    }

    /** This graph with more edges. */
    public JoinGraph with(List<Edge> more) {
        List<Edge> all = new ArrayList<>(edges);
        all.addAll(more);
        return new JoinGraph(all);
    }

    private void add(Set<TableName> names, Edge edge) {
        boolean known = edges.stream()
                .anyMatch(e -> e.many().equals(edge.many())
                        && e.one().equals(edge.one())
                        && e.manyColumns().equals(edge.manyColumns()));
        if (!known && names.contains(edge.many()) && names.contains(edge.one())) {
            edges.add(edge);
        }
    }

    /** {@code transaction.cust_id} refers to {@code customer.id}: its words are the table's words and the key's. */
    private void guess(List<TableDescriptor> readable, Lexicon lexicon) {
        List<Edge> guesses = new ArrayList<>();
        for (TableDescriptor one : readable) {
            List<String> key = RowKeys.of(one);
            Optional<ColumnDescriptor> keyColumn = key.size() == 1 ? one.column(key.get(0)) : Optional.empty();
            if (keyColumn.isEmpty()) {
                continue;
            }
            Set<String> wanted = new HashSet<>(lexicon.words(one));
            wanted.addAll(lexicon.words(one, keyColumn.get()));
            for (TableDescriptor many : readable) {
                if (many.name().equals(one.name()) || linked(many.name(), one.name())) {
                    continue;
                }
                for (ColumnDescriptor column : many.columns()) {
                    boolean ownKey = RowKeys.of(many).equals(List.of(column.name()));
                    if (!ownKey
                            && column.type().equals(keyColumn.get().type())
                            && new HashSet<>(lexicon.words(many, column)).equals(wanted)) {
                        guesses.add(new Edge(many.name(), List.of(column.name()), one.name(), key, GUESSED));
                    }
                }
            }
        }
        edges.addAll(guesses);
    }

    private boolean linked(TableName a, TableName b) {
        return edges.stream().anyMatch(e -> e.touches(a) && e.other(a).equals(b));
    }

    public List<Edge> edges() {
        return edges;
    }

    /**
     * The edges that connect these tables at the least weight: a Steiner tree, grown by the nearest table in turn (within twice the best).
     *
     * @return empty when they cannot be connected
     */
    public Optional<List<Edge>> connect(Set<TableName> tables) {
        List<TableName> wanted = new ArrayList<>(tables);
        if (wanted.size() < 2) {
            return Optional.of(List.of());
        }
        Optional<List<Edge>> grown = grown(wanted);
        if (wanted.size() == 2 || wanted.size() > MOST_ORDERS || grown.isEmpty()) {
            return grown;
        }
        // the nearest one first may take a way that the others do not share
        double least = weight(grown.get());
        for (List<TableName> order : orders(wanted)) {
            Optional<List<Edge>> other = inOrder(order);
            if (other.isPresent() && weight(other.get()) < least - 0.01) {
                least = weight(other.get());
                grown = other;
            }
        }
        return grown;
    }

    private static double weight(List<Edge> edges) {
        return edges.stream().mapToDouble(Edge::weight).sum();
    }

    private static List<List<TableName>> orders(List<TableName> tables) {
        if (tables.size() < 2) {
            return List.of(tables);
        }
        List<List<TableName>> orders = new ArrayList<>();
        for (TableName first : tables) {
            List<TableName> rest = new ArrayList<>(tables);
            rest.remove(first);
            for (List<TableName> order : orders(rest)) {
                List<TableName> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }

    private Optional<List<Edge>> inOrder(List<TableName> order) {
        Set<TableName> tree = new LinkedHashSet<>(Set.of(order.get(0)));
        Set<Edge> chosen = new LinkedHashSet<>();
        for (TableName next : order) {
            Optional<List<Edge>> path = tree.contains(next) ? Optional.of(List.of()) : nearest(tree, Set.of(next));
            if (path.isEmpty()) {
                return Optional.empty();
            }
            for (Edge edge : path.get()) {
                chosen.add(edge);
                tree.add(edge.many());
                tree.add(edge.one());
            }
        }
        return Optional.of(List.copyOf(chosen));
    }

    private Optional<List<Edge>> grown(List<TableName> wanted) {
        Set<TableName> tree = new LinkedHashSet<>(Set.of(wanted.get(0)));
        Set<Edge> chosen = new LinkedHashSet<>();
        Set<TableName> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(tree);
        while (!missing.isEmpty()) {
            Optional<List<Edge>> path = nearest(tree, missing);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            for (Edge edge : path.get()) {
                chosen.add(edge);
                tree.add(edge.many());
                tree.add(edge.one());
            }
            missing.removeAll(tree);
        }
        return Optional.of(List.copyOf(chosen));
    }

    private record Reached(TableName table, double distance) {}

    private Optional<List<Edge>> nearest(Set<TableName> from, Set<TableName> to) {
        Map<TableName, Double> distance = new HashMap<>();
        Map<TableName, Edge> by = new HashMap<>();
        PriorityQueue<Reached> queue = new PriorityQueue<>(
                Comparator.comparingDouble(Reached::distance).thenComparing(Reached::table));
        from.forEach(t -> {
            distance.put(t, 0.0);
            queue.add(new Reached(t, 0));
        });
        while (!queue.isEmpty()) {
            Reached at = queue.remove();
            if (to.contains(at.table())) {
                List<Edge> path = new ArrayList<>();
                TableName table = at.table();
                for (Edge edge = by.get(table); edge != null; edge = by.get(table)) {
                    path.add(0, edge);
                    table = edge.other(table);
                }
                return Optional.of(path);
            }
            for (Edge edge : edges) {
                if (edge.touches(at.table()) && !edge.many().equals(edge.one())) {
                    TableName next = edge.other(at.table());
                    // going down to many rows is a detour where a way up leads to the same
                    double down = edge.one().equals(at.table()) ? DOWN : 0;
                    Edge last = by.get(at.table());
                    double turn = down > 0 && last != null && last.one().equals(at.table()) ? TURN : 0;
                    double there = at.distance() + edge.weight() + down + turn;
                    if (there < distance.getOrDefault(next, Double.MAX_VALUE)) {
                        distance.put(next, there);
                        by.put(next, edge);
                        queue.add(new Reached(next, there));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Steps between two tables; empty when there is no path. */
    public Optional<Integer> distance(TableName a, TableName b) {
        return a.equals(b) ? Optional.of(0) : nearest(Set.of(a), Set.of(b)).map(List::size);
    }
}
