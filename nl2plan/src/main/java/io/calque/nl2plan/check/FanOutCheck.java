package io.calque.nl2plan.check;

import io.calque.nl2plan.plan.PlanColumns.Origin;
import io.calque.nl2plan.plan.PlanColumns.Output;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.translate.Expressions;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sum over a table whose rows a join has repeated counts them more than once: {@code customer.balance} summed after joining the
 * customer's orders. Used for one document.
 */
final class FanOutCheck {
    private final Map<String, List<Output>> columns;
    private final PlanTables tables;
    /** By node: tables of which a row may stand in several rows of the node. */
    private final Map<String, Set<TableName>> repeated = new HashMap<>();

    FanOutCheck(Map<String, List<Output>> columns, PlanTables tables) {
        this.columns = columns;
        this.tables = tables;
    }

    List<Finding> check(PlanDocument plan) {
        List<Finding> findings = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Join join) {
                repeated.put(node.id(), afterJoin(join));
            } else if (node instanceof PlanNode.Aggregate aggregate) {
                findings.addAll(aggregate(aggregate));
                repeated.put(node.id(), Set.of());
            } else if (node instanceof PlanNode.Distinct) {
                repeated.put(node.id(), Set.of());
            } else {
                Set<TableName> all = new HashSet<>();
                node.inputs().forEach(input -> all.addAll(repeated.getOrDefault(input, Set.of())));
                repeated.put(node.id(), all);
            }
        }
        return findings;
    }

    private Set<TableName> afterJoin(PlanNode.Join join) {
        Set<TableName> all = new HashSet<>(repeated.getOrDefault(join.left(), Set.of()));
        if (join.type() == PlanNode.JoinType.SEMI || join.type() == PlanNode.JoinType.ANTI) {
            return all;
        }
        all.addAll(repeated.getOrDefault(join.right(), Set.of()));
        if (!unique(
                join.right(),
                join.on().stream()
                        .filter(FanOutCheck::equal)
                        .map(PlanNode.On::right)
                        .toList())) {
            all.addAll(tablesOf(join.left()));
        }
        if (!unique(
                join.left(),
                join.on().stream()
                        .filter(FanOutCheck::equal)
                        .map(PlanNode.On::left)
                        .toList())) {
            all.addAll(tablesOf(join.right()));
        }
        return all;
    }

    private static boolean equal(PlanNode.On on) {
        return on.comparison() == Comparison.EQ;
    }

    private Set<TableName> tablesOf(String id) {
        Set<TableName> names = new HashSet<>();
        columns.getOrDefault(id, List.of()).forEach(o -> o.origin().ifPresent(origin -> names.add(origin.table())));
        return names;
    }

    /** Whether a key of a table whose rows are not repeated is among the columns; where nothing is known of a column, it is trusted. */
    private boolean unique(String id, List<String> names) {
        Map<TableName, Set<String>> byTable = new HashMap<>();
        for (String name : names) {
            Optional<Origin> origin = columns.getOrDefault(id, List.of()).stream()
                    .filter(o -> o.name().equalsIgnoreCase(name))
                    .findFirst()
                    .flatMap(Output::origin);
            if (origin.isEmpty()) {
                return true;
            }
            byTable.computeIfAbsent(origin.get().table(), t -> new HashSet<>())
                    .add(origin.get().column());
        }
        return byTable.entrySet().stream()
                .anyMatch(entry -> !repeated.getOrDefault(id, Set.of()).contains(entry.getKey())
                        && isKey(entry.getKey(), entry.getValue()));
    }

    private boolean isKey(TableName name, Set<String> names) {
        Optional<TableDescriptor> table =
                tables.all().stream().filter(t -> t.name().equals(name)).findFirst();
        return table.isEmpty()
                || table.get().primaryKey().isEmpty()
                        && table.get().uniqueKeys().isEmpty()
                || table.get()
                        .primaryKey()
                        .filter(k -> names.containsAll(k.columns()))
                        .isPresent()
                || table.get().uniqueKeys().stream().anyMatch(k -> names.containsAll(k.columns()))
                || isReferredTo(name, names);
    }

    /** What a foreign key refers to is unique, whether or not its source says so of the other table, too. */
    private boolean isReferredTo(TableName name, Set<String> names) {
        return tables.all().stream()
                .flatMap(t -> t.foreignKeys().stream())
                .anyMatch(k -> k.target().equals(name) && names.containsAll(k.targetColumns()));
    }

    private List<Finding> aggregate(PlanNode.Aggregate node) {
        List<Finding> findings = new ArrayList<>();
        Set<TableName> twice = repeated.getOrDefault(node.input(), Set.of());
        for (PlanNode.AggregateCall call : node.aggregates()) {
            boolean counts = call.function() == AggregateFunction.SUM || call.function() == AggregateFunction.AVG;
            if (!counts
                    || call.duplicates() == Duplicates.REMOVE
                    || call.argument().isEmpty()) {
                continue;
            }
            List<Origin> origins = Expressions.columns(call.argument().get()).stream()
                    .flatMap(named -> columns.getOrDefault(node.input(), List.of()).stream()
                            .filter(o -> o.name().equalsIgnoreCase(named.name())))
                    .flatMap(o -> o.origin().stream())
                    .toList();
            boolean allRepeated = !origins.isEmpty() && origins.stream().allMatch(o -> twice.contains(o.table()));
            if (allRepeated) {
                findings.add(new Finding(
                        node.id(),
                        Finding.Severity.ERROR,
                        call.function() + " of " + call.argument().get() + " counts rows of "
                                + origins.get(0).table()
                                + " more than once, for a join repeats them; aggregate before joining"));
            }
        }
        return findings;
    }
}
