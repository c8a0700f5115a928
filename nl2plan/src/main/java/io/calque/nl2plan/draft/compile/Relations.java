package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.meaning.JoinTree;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Joined rows for one request: which tables they need, and how its columns are said over them. Used for one plan. */
final class Relations {
    private final Request request;
    private final JoinGraph graph;
    private final Map<TableName, TableDescriptor> tables;
    private final PlanNodes nodes;
    private final Function<Request.Listed, RelationDraft.Rows> listed;
    private final Function<Request, RelationDraft.Rows> figure;

    /**
     * @param listed how rows that other requests list become nodes
     * @param figure how a figure that another request gives becomes a node
     */
    Relations(
            Request request,
            JoinGraph graph,
            Map<TableName, TableDescriptor> tables,
            PlanNodes nodes,
            Function<Request.Listed, RelationDraft.Rows> listed,
            Function<Request, RelationDraft.Rows> figure) {
        this.request = request;
        this.graph = graph;
        this.tables = tables;
        this.nodes = nodes;
        this.listed = listed;
        this.figure = figure;
    }

    TableDescriptor table(TableName name) {
        return Optional.ofNullable(tables.get(name)).orElseThrow();
    }

    /** Tables that restrict what is shown. */
    Set<TableName> restricting() {
        Set<TableName> names = new LinkedHashSet<>();
        request.conditions.forEach(c -> names.add(c.table().name()));
        request.conditions.forEach(
                c -> c.or().forEach(other -> names.add(other.table().name())));
        request.memberships.forEach(m -> names.add(m.table().name()));
        request.beside.forEach(b -> names.add(b.column().table().name()));
        request.averages.forEach(a -> names.add(a.column().table().name()));
        request.required.forEach(t -> names.add(t.name()));
        request.absent.forEach(t -> names.add(t.name()));
        return names;
    }

    Set<TableName> absent() {
        Set<TableName> names = new LinkedHashSet<>();
        request.absent.forEach(t -> names.add(t.name()));
        return names;
    }

    RelationDraft relation(
            JoinTree tree,
            List<Request.Condition> conditions,
            Set<TableName> shown,
            Set<TableName> absent,
            Set<ColumnRef> columns) {
        Set<TableName> wanted = new LinkedHashSet<>(shown);
        wanted.addAll(restricting());
        conditions.forEach(c -> wanted.add(c.column().table().name()));
        wanted.add(tree.root());
        twoKeys(wanted, tree).ifPresent(edges -> {
            throw new QueryException(
                    ErrorCode.QUESTION_AMBIGUOUS,
                    edges.get(0).many().table() + " refer to "
                            + edges.get(0).one().table() + " by "
                            + edges.get(0).manyColumns().get(0) + " and by "
                            + edges.get(1).manyColumns().get(0) + "; say which");
        });
        graph.rivals(wanted, tree.edges()).ifPresent(ways -> {
            throw new QueryException(
                    ErrorCode.QUESTION_AMBIGUOUS,
                    "the question may go by way of " + ways.get(0).table() + " or of "
                            + ways.get(1).table() + "; say which");
        });
        return new RelationDraft(nodes, graph, tree, this::table, conditions, shown, absent, columns, others(shown));
    }

    /** A way round by a third table, where two are related by two keys and the question says neither. */
    private Optional<List<JoinGraph.Edge>> twoKeys(Set<TableName> wanted, JoinTree tree) {
        boolean roundabout = tree.edges().stream().anyMatch(e -> !wanted.contains(e.many()));
        if (!roundabout) {
            return Optional.empty();
        }
        for (TableName many : wanted) {
            for (TableName one : wanted) {
                List<JoinGraph.Edge> keys = graph.edges().stream()
                        .filter(e -> e.many().equals(many) && e.one().equals(one) && !many.equals(one))
                        .toList();
                boolean taken = keys.stream().anyMatch(tree.edges()::contains);
                if (keys.size() > 1 && !taken) {
                    return Optional.of(keys);
                }
            }
        }
        return Optional.empty();
    }

    /** What other requests say of rows; pairs only where both sides are there. */
    RelationDraft.Others others(Set<TableName> shown) {
        return new RelationDraft.Others(
                request.memberships,
                request.beside,
                request.pairs.stream()
                        .filter(p -> shown.contains(p.left().table().name())
                                && shown.contains(p.right().table().name()))
                        .toList(),
                request.bounds.stream()
                        .filter(b -> b.value().columns().stream()
                                .allMatch(c -> shown.contains(c.table().name())))
                        .toList(),
                request.averages,
                listed,
                figure);
    }

    void paired(Set<TableName> shown, Set<ColumnRef> columns) {
        for (Request.Bound bound : request.bounds) {
            columns.addAll(bound.value().columns());
            bound.value().columns().forEach(c -> shown.add(c.table().name()));
        }
        for (Request.Condition condition : request.conditions) {
            if (condition.spans()) {
                columns.addAll(condition.columns());
                condition.columns().forEach(c -> shown.add(c.table().name()));
            }
        }
        for (Request.Pair pair : request.pairs) {
            columns.add(pair.left());
            columns.add(pair.right());
            shown.add(pair.left().table().name());
            shown.add(pair.right().table().name());
        }
    }

    /** The table of these that the others hang off. */
    TableName finest(Set<TableName> shown) {
        TableName best = shown.iterator().next();
        int most = -1;
        for (TableName candidate : shown) {
            Set<TableName> single = JoinTree.of(graph, candidate, shown).single();
            int reached = (int) shown.stream().filter(single::contains).count();
            if (reached > most) {
                most = reached;
                best = candidate;
            }
        }
        return best;
    }

    String expression(Item item, RelationDraft relation) {
        if (item instanceof Request.Calculated calculated) {
            return calculated.value().sql(relation::name);
        }
        String name = SqlNames.quoted(relation.name(Request.column(item)));
        if (!(item instanceof Bucket bucket)) {
            return name;
        }
        return switch (bucket.unit()) {
            case YEAR -> "EXTRACT(YEAR FROM " + name + ")";
            case DAY, WEEK, MONTH, QUARTER ->
                "CAST(DATE_TRUNC('" + bucket.unit().name().toLowerCase(java.util.Locale.ROOT) + "', " + name
                        + ") AS DATE)";
        };
    }
}
