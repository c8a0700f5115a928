package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A figure of wines by grape needs no table of grapes where the wines themselves hold the grape's name: what a reference that is no key leads to
 * is read from the rows that refer. Their join could repeat them. Stateless.
 */
public final class OwnReferences {
    private OwnReferences() {}

    public static void prefer(Request request, JoinGraph graph, List<TableDescriptor> tables) {
        Set<TableName> measured = request.measures().stream()
                .filter(m -> m.column().isPresent() || m.value().isPresent())
                .map(m -> m.of().name())
                .collect(Collectors.toSet());
        if (measured.size() != 1 || request.zeros || request.averagedOver.isPresent()) {
            return;
        }
        Map<ColumnRef, ColumnRef> own = new HashMap<>();
        for (JoinGraph.Edge edge : graph.edges()) {
            if (measured.contains(edge.many()) && edge.manyColumns().size() == 1) {
                Optional<ColumnRef> from = column(tables, edge.many(), edge.manyColumns());
                column(tables, edge.one(), edge.oneColumns())
                        .filter(to -> !isKey(to.table(), edge.oneColumns()))
                        .ifPresent(to -> from.ifPresent(f -> own.putIfAbsent(to, f)));
            }
        }
        if (own.isEmpty()) {
            return;
        }
        Set<TableName> left = own.keySet().stream().map(c -> c.table().name()).collect(Collectors.toSet());
        boolean said = replace(request, own);
        if (said) {
            left.removeIf(t -> isUsed(request, t));
            request.hiddenKeys.removeIf(c -> left.contains(c.table().name()));
            request.required.removeIf(t -> left.contains(t.name()));
        }
    }

    /** Whether the columns tell the rows of a table apart; where none is said to, they are trusted. */
    static boolean isKey(TableDescriptor table, List<String> columns) {
        return table.primaryKey().isEmpty() && table.uniqueKeys().isEmpty()
                || table.primaryKey()
                        .filter(k -> columns.containsAll(k.columns()))
                        .isPresent()
                || table.uniqueKeys().stream().anyMatch(k -> columns.containsAll(k.columns()));
    }

    private static Optional<ColumnRef> column(List<TableDescriptor> tables, TableName table, List<String> columns) {
        return tables.stream()
                .filter(t -> t.name().equals(table))
                .findFirst()
                .flatMap(t -> t.column(columns.get(0)).map(c -> new ColumnRef(t, c)));
    }

    private static boolean replace(Request request, Map<ColumnRef, ColumnRef> own) {
        boolean conditions = request.conditions.stream().anyMatch(c -> isPlain(c) && own.containsKey(c.column()));
        boolean items = request.outputs.stream().anyMatch(o -> o instanceof Attribute a && own.containsKey(a.column()));
        request.conditions.replaceAll(c -> isPlain(c) && own.containsKey(c.column()) ? moved(c, own) : c);
        request.outputs.replaceAll(o -> moved(o, own));
        request.groups.replaceAll(o -> moved(o, own));
        request.orders.replaceAll(o -> new Order(moved(o.item(), own), o.direction()));
        return conditions || items;
    }

    private static boolean isPlain(Condition condition) {
        return condition.or().isEmpty() && !condition.isOwned();
    }

    private static Condition moved(Condition condition, Map<ColumnRef, ColumnRef> own) {
        ColumnRef to = own.getOrDefault(condition.column(), condition.column());
        return new Condition(
                to,
                condition.sql(),
                condition.words().replace(condition.column().toString(), to.toString()));
    }

    private static Item moved(Item item, Map<ColumnRef, ColumnRef> own) {
        return item instanceof Attribute a ? new Attribute(own.getOrDefault(a.column(), a.column())) : item;
    }

    private static boolean isUsed(Request request, TableName table) {
        return request.conditions.stream()
                        .flatMap(c -> c.columns().stream())
                        .anyMatch(c -> c.table().name().equals(table))
                || request.outputs.stream()
                        .anyMatch(o -> o instanceof Measure m
                                ? m.of().name().equals(table)
                                : !(o instanceof Attribute a)
                                        || a.column().table().name().equals(table))
                || request.orders.stream()
                        .anyMatch(o -> o.item() instanceof Attribute a
                                && a.column().table().name().equals(table));
    }
}
