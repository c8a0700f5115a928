package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.JoinGraph.Edge;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where rows of a table refer to others of the same, those others under a name of their own: "manager" for the employee whom
 * {@code employee.reports_to} names. For the grammar they are a table like any other; a plan scans the real one. Immutable.
 *
 * @param tables the roles alone
 * @param edges what leads to them
 */
public record RoleTables(List<TableDescriptor> tables, List<Edge> edges) {
    private static final Set<String> SMALL = Set.of("id", "key", "no", "number", "to", "by");

    public RoleTables {
        tables = List.copyOf(tables);
        edges = List.copyOf(edges);
    }

    public static RoleTables of(List<TableDescriptor> readable, JoinGraph graph, Lexicon lexicon) {
        List<TableDescriptor> roles = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        Set<TableName> taken = new HashSet<>();
        readable.forEach(t -> taken.add(t.name()));
        for (Edge edge : graph.edges()) {
            Optional<TableDescriptor> table = readable.stream()
                    .filter(t -> t.name().equals(edge.many()) && edge.many().equals(edge.one()))
                    .findFirst();
            if (table.isEmpty() || edge.manyColumns().size() != 1) {
                continue;
            }
            String role = role(table.get(), edge.manyColumns().get(0), lexicon);
            TableName name = new TableName(edge.many().source(), edge.many().schema(), role);
            if (!role.isEmpty() && taken.add(name)) {
                roles.add(named(table.get(), name));
                edges.add(new Edge(edge.many(), edge.manyColumns(), name, edge.oneColumns(), 1));
            }
        }
        return new RoleTables(roles, edges);
    }

    private static String role(TableDescriptor table, String column, Lexicon lexicon) {
        List<String> words = new ArrayList<>(
                table.column(column).map(c -> lexicon.spelledOut(table, c)).orElse(List.of()));
        words.removeIf(w -> SMALL.contains(w) || lexicon.words(table).contains(Stems.of(w)));
        if (words.stream().anyMatch(w -> Stems.of(w).equals("report"))) {
            return "manager";
        }
        return String.join("_", words);
    }

    private static TableDescriptor named(TableDescriptor table, TableName name) {
        SortedMap<String, String> facts = new TreeMap<>(table.facts());
        facts.put(Lexicon.ROLE_OF, SqlNames.table(table.name()));
        return new TableDescriptor(
                name,
                table.kind(),
                table.columns(),
                table.primaryKey(),
                table.uniqueKeys(),
                List.of(),
                List.of(),
                table.nestedIn(),
                table.statistics(),
                table.comment(),
                facts);
    }

    public static boolean isRole(TableDescriptor table) {
        return table.facts().containsKey(Lexicon.ROLE_OF);
    }

    /** The table to scan, as SQL would write it. */
    public static String scanned(TableDescriptor table) {
        return table.facts().getOrDefault(Lexicon.ROLE_OF, SqlNames.table(table.name()));
    }
}
