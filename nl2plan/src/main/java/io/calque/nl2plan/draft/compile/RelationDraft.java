package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.meaning.JoinTree;
import io.calque.nl2plan.draft.meaning.RoleTables;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.JoinGraph.Edge;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Scans, their conditions and the joins between them. A branch that only restricts is a semi-join, so that it repeats no row; a branch that
 * must be empty an anti-join.
 */
final class RelationDraft {
    private final PlanNodes nodes;
    private final JoinGraph graph;
    private final JoinTree tree;
    private final Function<TableName, TableDescriptor> tables;
    private final List<Condition> conditions;
    private final Set<TableName> shown;
    private final Set<TableName> absent;
    private final Map<TableName, Set<ColumnRef>> needed = new LinkedHashMap<>();
    private final Map<ColumnRef, String> names = new HashMap<>();
    /** Keys that are numbers here and text in the table on the other side: what they are called as text. */
    private final Map<ColumnRef, String> texts = new LinkedHashMap<>();

    private final Set<String> taken = new HashSet<>();

    /**
     * Rows that a node gives.
     *
     * @param columns their names
     */
    record Rows(String id, List<String> columns) {
        Rows {
            columns = List.copyOf(columns);
        }
    }

    /** What is said of rows by way of other requests, and how those become nodes. */
    record Others(
            List<Request.Membership> memberships,
            List<Request.Beside> beside,
            List<Request.Pair> pairs,
            List<Request.Bound> bounds,
            List<Request.OwnAverage> averages,
            Function<Request.Listed, Rows> listed,
            Function<Request, Rows> figure) {
        Others {
            memberships = List.copyOf(memberships);
            beside = List.copyOf(beside);
            pairs = List.copyOf(pairs);
            bounds = List.copyOf(bounds);
            averages = List.copyOf(averages);
        }

        Others none() {
            return new Others(List.of(), List.of(), List.of(), List.of(), List.of(), listed, figure);
        }
    }

    private final Others others;

    /**
     * @param shown tables whose columns are read above
     * @param columns those columns
     */
    RelationDraft(
            PlanNodes nodes,
            JoinGraph graph,
            JoinTree tree,
            Function<TableName, TableDescriptor> tables,
            List<Condition> conditions,
            Set<TableName> shown,
            Set<TableName> absent,
            Set<ColumnRef> columns,
            Others others) {
        this.others = others;
        this.nodes = nodes;
        this.graph = graph;
        this.tree = tree;
        this.tables = tables;
        this.conditions = conditions;
        this.shown = shown;
        this.absent = absent;
        columns.forEach(this::need);
        for (Condition condition : conditions) {
            if (condition.isOwned()) {
                JoinTree.Step step = step(condition);
                mine(step, condition.table().name())
                        .forEach(c -> need(condition.table().name(), c));
            } else {
                condition.columns().forEach(this::need);
            }
        }
        others.memberships().forEach(m -> m.mine().forEach(this::need));
        others.beside().forEach(b -> need(b.column()));
        others.averages().forEach(a -> {
            need(a.column());
            a.partition().forEach(this::need);
        });
        for (Edge edge : tree.edges()) {
            edge.manyColumns().forEach(c -> need(edge.many(), c));
            edge.oneColumns().forEach(c -> need(edge.one(), c));
            for (int i = 0; i < edge.manyColumns().size(); i++) {
                sameKind(
                        ref(edge.many(), edge.manyColumns().get(i)),
                        ref(edge.one(), edge.oneColumns().get(i)));
            }
        }
    }

    /** A number beside a text is compared as text: no text fails to be one. */
    private void sameKind(ColumnRef a, ColumnRef b) {
        if (ColumnKinds.text(a.column()) && ColumnKinds.whole(b.column())) {
            texts.computeIfAbsent(b, c -> unique(name(c) + "_text"));
        } else if (ColumnKinds.text(b.column()) && ColumnKinds.whole(a.column())) {
            texts.computeIfAbsent(a, c -> unique(name(c) + "_text"));
        }
    }

    /** What a column is called where it meets another. */
    private String met(ColumnRef column, ColumnRef other) {
        return ColumnKinds.text(other.column()) ? texts.getOrDefault(column, name(column)) : name(column);
    }

    private ColumnRef ref(TableName table, String column) {
        return new ColumnRef(
                tables.apply(table), tables.apply(table).column(column).orElseThrow());
    }

    private void need(ColumnRef column) {
        needed.computeIfAbsent(column.table().name(), t -> new LinkedHashSet<>())
                .add(column);
    }

    private void need(TableName table, String column) {
        need(ref(table, column));
    }

    /** The id of the node that gives the rows. */
    String build() {
        String rows = build(tree.root(), tree.root(), false);
        List<String> where = new ArrayList<>(alternatives());
        if (others.pairs().isEmpty() && others.bounds().isEmpty() && where.isEmpty()) {
            return rows;
        }
        others.pairs()
                .forEach(p -> where.add(SqlNames.quoted(name(p.left())) + " "
                        + p.comparison().sql() + " " + SqlNames.quoted(name(p.right()))));
        others.bounds()
                .forEach(b -> where.add(b.value().sql(this::name) + " "
                        + b.comparison().sql() + " " + b.number().toPlainString()));
        return nodes.add("paired", id -> new PlanNode.Filter(id, rows, String.join(" AND ", where)));
    }

    /** Of conditions on several tables, one of which must hold, only the joined rows can tell. */
    private List<String> alternatives() {
        List<String> either = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition.spans()) {
                boolean one = condition.columns().stream()
                        .allMatch(c -> tree.single().contains(c.table().name()));
                if (!one) {
                    throw new NotUnderstood("a row has many of which '" + condition.words() + "' may be said");
                }
                either.add(condition.predicate(c -> SqlNames.quoted(name(c))));
            }
        }
        return either;
    }

    /** What a column is called in those rows. */
    String name(ColumnRef column) {
        return names.computeIfAbsent(column, this::newName);
    }

    private String newName(ColumnRef column) {
        String name = column.column().name();
        String candidate = taken.contains(name.toLowerCase(Locale.ROOT))
                ? column.table().name().table() + "_" + name
                : name;
        return unique(candidate);
    }

    private String unique(String candidate) {
        String unique = candidate;
        for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
            unique = candidate + "_" + i;
        }
        return unique;
    }

    private String build(TableName table, TableName cameFrom, boolean denied) {
        String id = scan(table);
        for (JoinTree.Step step : tree.from(table, cameFrom)) {
            Set<TableName> branch = tree.branch(table, step);
            boolean mustBeEmpty = !denied && branch.stream().anyMatch(absent::contains);
            boolean onlyRestricts = branch.stream().noneMatch(shown::contains);
            String right = build(step.to(), table, denied || mustBeEmpty);
            boolean referring = step.edge().many().equals(table);
            List<String> mine =
                    referring ? step.edge().manyColumns() : step.edge().oneColumns();
            List<String> theirs =
                    referring ? step.edge().oneColumns() : step.edge().manyColumns();
            List<PlanNode.On> on = new ArrayList<>();
            for (int i = 0; i < mine.size(); i++) {
                ColumnRef own = ref(table, mine.get(i));
                ColumnRef other = ref(step.to(), theirs.get(i));
                on.add(PlanNode.On.equal(met(own, other), met(other, own)));
            }
            JoinType type =
                    mustBeEmpty ? JoinType.ANTI : onlyRestricts && repeats(step) ? JoinType.SEMI : JoinType.INNER;
            String left = id;
            id = nodes.add(
                    "with_" + step.to().table(),
                    newId -> new PlanNode.Join(newId, left, right, type, on, Optional.empty()));
        }
        return id;
    }

    /** Whether a row may meet several of the table: those that refer to it, or those that share what it refers by. */
    private boolean repeats(JoinTree.Step step) {
        return step.multiplies()
                || !OwnReferences.isKey(tables.apply(step.to()), step.edge().oneColumns());
    }

    private JoinTree.Step step(Condition condition) {
        TableName owner = condition.table().name();
        return JoinTree.of(graph, owner, Set.of(condition.column().table().name())).from(owner, owner).stream()
                .findFirst()
                .orElseThrow(() -> new NotUnderstood("nothing leads to " + condition.column()));
    }

    private static List<String> mine(JoinTree.Step step, TableName table) {
        return step.edge().many().equals(table)
                ? step.edge().manyColumns()
                : step.edge().oneColumns();
    }

    /** The rows whose own way leads to the value, whatever other rows of that table the question is about. */
    private String owned(String id, TableName owner, Condition condition) {
        JoinTree.Step step = step(condition);
        List<String> theirs = step.edge().many().equals(owner)
                ? step.edge().oneColumns()
                : step.edge().manyColumns();
        Set<ColumnRef> joined = new LinkedHashSet<>();
        theirs.forEach(c -> joined.add(new ColumnRef(
                tables.apply(step.to()), tables.apply(step.to()).column(c).orElseThrow())));
        RelationDraft way = new RelationDraft(
                nodes,
                graph,
                JoinTree.of(graph, step.to(), Set.of(condition.column().table().name())),
                tables,
                List.of(new Condition(condition.column(), condition.sql(), condition.words())),
                Set.of(step.to()),
                Set.of(),
                joined,
                others.none());
        String right = way.build();
        List<String> mine = mine(step, owner);
        List<PlanNode.On> on = new ArrayList<>();
        int i = 0;
        for (ColumnRef column : joined) {
            on.add(PlanNode.On.equal(named(owner, mine.get(i++)), way.name(column)));
        }
        return nodes.add(
                owner.table() + "_wanted",
                newId -> new PlanNode.Join(newId, id, right, JoinType.SEMI, on, Optional.empty()));
    }

    private String named(TableName table, String column) {
        return name(ref(table, column));
    }

    private String scan(TableName table) {
        List<PlanNode.Column> columns = new ArrayList<>();
        for (ColumnRef column : needed.getOrDefault(table, Set.of())) {
            columns.add(new PlanNode.Column(SqlNames.quoted(column.column().name()), name(column)));
        }
        texts.forEach((column, name) -> {
            if (column.table().name().equals(table)) {
                columns.add(new PlanNode.Column(
                        "CAST(" + SqlNames.quoted(column.column().name()) + " AS VARCHAR)", name));
            }
        });
        if (columns.isEmpty()) {
            // rows are counted though no column is read
            ColumnDescriptor first = tables.apply(table).columns().get(0);
            columns.add(new PlanNode.Column(
                    SqlNames.quoted(first.name()), name(new ColumnRef(tables.apply(table), first))));
        }
        String id = nodes.add(
                table.table(), newId -> new PlanNode.Scan(newId, RoleTables.scanned(tables.apply(table)), columns));
        List<String> where = new ArrayList<>();
        for (Condition condition : conditions) {
            if (!condition.table().name().equals(table) || condition.spans()) {
                continue;
            }
            if (condition.isOwned()) {
                id = owned(id, table, condition);
                continue;
            }
            where.add(condition.predicate(c -> SqlNames.quoted(name(c))));
        }
        for (Request.OwnAverage own : others.averages()) {
            if (own.column().table().name().equals(table)) {
                String name = name(own.column());
                PlanNode.WindowCall average = new PlanNode.WindowCall(
                        PlanNode.WindowFunction.AVG,
                        Optional.of(SqlNames.quoted(name)),
                        OptionalLong.empty(),
                        own.partition().stream().map(this::name).toList(),
                        List.of(),
                        Optional.empty(),
                        "own_average_" + name);
                String left = id;
                id = nodes.add(table.table() + "_average", newId -> new PlanNode.Window(newId, left, List.of(average)));
                where.add(SqlNames.quoted(name) + " " + own.comparison().sql() + " "
                        + SqlNames.quoted("own_average_" + name));
            }
        }
        for (Request.Beside beside : others.beside()) {
            if (beside.column().table().name().equals(table)) {
                Rows figure = others.figure().apply(beside.figure());
                String column = figure.columns().get(0);
                String compared = "compared_" + figure.id();
                String only = nodes.add(
                        "figure",
                        newId -> new PlanNode.Project(
                                newId, figure.id(), List.of(new PlanNode.Column(SqlNames.quoted(column), compared))));
                String left = id;
                id = nodes.add(
                        table.table() + "_beside",
                        newId -> new PlanNode.Join(newId, left, only, JoinType.INNER, List.of(), Optional.empty()));
                where.add(SqlNames.quoted(name(beside.column())) + " "
                        + beside.comparison().sql() + " " + SqlNames.quoted(compared));
            }
        }
        for (Request.Membership membership : others.memberships()) {
            if (membership.table().name().equals(table)) {
                id = member(id, table, membership);
            }
        }
        if (where.isEmpty()) {
            return id;
        }
        String rows = id;
        return nodes.add(
                table.table() + "_wanted", newId -> new PlanNode.Filter(newId, rows, String.join(" AND ", where)));
    }

    private String member(String id, TableName table, Request.Membership membership) {
        Rows rows = others.listed().apply(membership.listed());
        List<PlanNode.On> on = new ArrayList<>();
        for (int i = 0; i < membership.mine().size(); i++) {
            on.add(PlanNode.On.equal(
                    name(membership.mine().get(i)), rows.columns().get(i)));
        }
        JoinType type = membership.wanted() == Request.Wanted.LISTED ? JoinType.SEMI : JoinType.ANTI;
        return nodes.add(
                table.table() + "_wanted",
                newId -> new PlanNode.Join(newId, id, rows.id(), type, on, Optional.empty()));
    }
}
