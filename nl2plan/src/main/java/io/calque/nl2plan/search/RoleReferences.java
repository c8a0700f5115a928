package io.calque.nl2plan.search;

import io.calque.nl2plan.search.JoinGraph.Edge;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * References that no constraint declares and that are named after a role: {@code reports_to} and {@code parent_id} lead to another row of the
 * same table, {@code support_rep_id} to the table of those who work here. Guesses, for columns of which nothing else is known. Stateless.
 */
final class RoleReferences {
    private static final double WEIGHT = 1.7;
    private static final Set<TypeKind> INTEGERS = EnumSet.of(TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT);
    private static final Set<String> SUPERIORS =
            stems("manager", "boss", "supervisor", "superior", "head", "lead", "leader", "chief", "report", "mentor");
    private static final Set<String> PARENTS = stems("parent", "predecessor", "ancestor");
    private static final Set<String> ROLES = stems(
            "representative",
            "agent",
            "owner",
            "assignee",
            "salesperson",
            "seller",
            "operator",
            "approver",
            "reviewer",
            "technician",
            "handler",
            "advisor",
            "consultant");
    private static final Set<String> STAFF = stems("employee", "staff", "worker", "personnel");
    private static final Set<String> SMALL = stems("id", "key", "no", "number", "to", "by", "of");

    private RoleReferences() {}

    private static Set<String> stems(String... words) {
        return Stream.of(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    static List<Edge> of(List<TableDescriptor> tables, Lexicon lexicon, List<Edge> known) {
        List<Edge> edges = new ArrayList<>();
        for (TableDescriptor table : tables) {
            for (ColumnDescriptor column : table.columns()) {
                boolean refers = known.stream()
                        .anyMatch(e ->
                                e.many().equals(table.name()) && e.manyColumns().equals(List.of(column.name())));
                if (!refers) {
                    target(table, column, tables, lexicon, known)
                            .flatMap(t -> key(t, lexicon, known)
                                    .filter(k -> comparable(
                                                    k.type().kind(),
                                                    column.type().kind())
                                            && !(t.name().equals(table.name())
                                                    && k.name().equals(column.name())))
                                    .map(k -> new Edge(
                                            table.name(), List.of(column.name()), t.name(), List.of(k.name()), WEIGHT)))
                            .ifPresent(edges::add);
                }
            }
        }
        return edges;
    }

    private static Optional<TableDescriptor> target(
            TableDescriptor table,
            ColumnDescriptor column,
            List<TableDescriptor> tables,
            Lexicon lexicon,
            List<Edge> known) {
        List<String> words = new ArrayList<>(lexicon.words(table, column));
        words.removeAll(lexicon.words(table));
        boolean superior = words.stream().anyMatch(SUPERIORS::contains);
        boolean parent = words.stream().anyMatch(PARENTS::contains);
        boolean role =
                words.stream().anyMatch(ROLES::contains) && words.stream().anyMatch(SMALL::contains);
        boolean nothingElse =
                words.stream().allMatch(w -> SMALL.contains(w) || SUPERIORS.contains(w) || PARENTS.contains(w));
        if (parent && nothingElse) {
            return Optional.of(table);
        }
        if (superior && nothingElse && isStaff(table, lexicon)) {
            return Optional.of(table);
        }
        if (!role && !(superior && nothingElse)) {
            return Optional.empty();
        }
        // those who work here may be kept in another database
        List<TableDescriptor> staff =
                tables.stream().filter(t -> isStaff(t, lexicon)).toList();
        List<TableDescriptor> near = staff.stream()
                .filter(t -> t.name().source().equals(table.name().source()))
                .toList();
        List<TableDescriptor> candidates = near.isEmpty() ? staff : near;
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** Databases keep the same numbers in integers of different sizes. */
    private static boolean comparable(TypeKind a, TypeKind b) {
        return a == b || INTEGERS.contains(a) && INTEGERS.contains(b);
    }

    private static boolean isStaff(TableDescriptor table, Lexicon lexicon) {
        return lexicon.words(table).stream().anyMatch(STAFF::contains);
    }

    /** The declared key, what others refer to, or the column that is called the table's number. */
    private static Optional<ColumnDescriptor> key(TableDescriptor table, Lexicon lexicon, List<Edge> known) {
        List<String> declared = table.primaryKey()
                .map(k -> k.columns())
                .or(() -> known.stream()
                        .filter(e -> e.one().equals(table.name()))
                        .map(Edge::oneColumns)
                        .findFirst())
                .orElse(List.of());
        if (!declared.isEmpty()) {
            return declared.size() == 1 ? table.column(declared.get(0)) : Optional.empty();
        }
        return table.columns().stream()
                .filter(c -> {
                    List<String> words = new ArrayList<>(lexicon.words(table, c));
                    words.removeAll(lexicon.words(table));
                    return words.size() == 1 && words.get(0).equals("id");
                })
                .findFirst();
    }
}
