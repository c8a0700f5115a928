package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.pushdown.FragmentColumns;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Turns a fragment into a SELECT, nested only where SQL's own order of steps forces it. Thread-safe. */
final class FragmentTranslator implements FragmentCompiler {
    private static final double FEW_ROWS = 1_000;
    /** Where fewer than one of so many rows count, an index may find them. */
    private static final int PASSED_OVER = 4;

    private final SourceId source;
    private final Dialect dialect;

    FragmentTranslator(SourceId source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    @Override
    public NativeQuery compile(RelNode fragment) {
        Select select;
        try {
            select = select(fragment);
        } catch (Refused e) {
            throw new IllegalArgumentException(dialect.product() + " was given what it refuses: " + e.reason(), e);
        }
        Rendering rendering = new Rendering(select.sql(), dialect::quoted);
        List<NativeQuery.Column> columns = RelTypes.columns(fragment.getRowType());
        List<Decoding> decodings = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Expr expr = dialect.readable(select.items().get(i).expr());
            String label = expr.label().isEmpty() ? columns.get(i).name() : expr.label();
            decodings.add(new Decoding(expr.form(), label));
        }
        return new SqlQuery(
                source,
                rendering.text(),
                rendering.slots(),
                columns,
                decodings,
                expected(fragment, rendering),
                SqlQuery.Author.COMPILER,
                ranges(fragment));
    }

    /** Of a scan of one table, filtered or not, whose rows have nothing to do with each other. */
    private Optional<SqlQuery.Ranges> ranges(RelNode fragment) {
        RelNode node = fragment;
        while (node instanceof Project || node instanceof Filter) {
            node = node.getInput(0);
        }
        if (!dialect.dividesScans() || !(node instanceof TableScan scan)) {
            return Optional.empty();
        }
        TableDescriptor table = FragmentColumns.table(scan);
        Select select = select(fragment);
        if (table.kind() != TableKind.TABLE
                || !select.isPlain()
                || select.items().isEmpty()) {
            return Optional.empty();
        }
        // ends with the WHERE, or the AND, of a condition that is not there
        select.filter(Expr.condition(Expr.Level.ATOM, false, ""));
        String text = new Rendering(select.sql(), dialect::quoted).text();
        RelMetadataQuery metadata = fragment.getCluster().getMetadataQuery();
        Double rows = metadata.getRowCount(fragment);
        Double all = metadata.getRowCount(scan);
        boolean most = rows != null && all != null && rows * PASSED_OVER >= all;
        return Optional.of(new SqlQuery.Ranges(
                Identifiers.quoted(table.name().schema(), table.name().table()), text, most ? rows.longValue() : 0));
    }

    /** How many rows keys leave is known only once they are there. */
    private static SqlQuery.Expected expected(RelNode fragment, Rendering rendering) {
        if (rendering.slots().stream().anyMatch(ParameterSlot::isKeys)) {
            return SqlQuery.Expected.ANY;
        }
        Double rows = fragment.getCluster().getMetadataQuery().getRowCount(fragment);
        return rows != null && rows <= FEW_ROWS ? SqlQuery.Expected.FEW : SqlQuery.Expected.ANY;
    }

    /** Says an expression over the rows of a fragment; of a join its condition's, over the columns of both sides. */
    Expr expression(RexNode expression, RelNode input) {
        if (input instanceof Join join) {
            List<Item> items = new ArrayList<>(select(join.getLeft()).items());
            items.addAll(select(join.getRight()).items());
            return translator(input, index -> items.get(index).expr()).translate(expression);
        }
        return translator(input, select(input).fields()).translate(expression);
    }

    Select select(RelNode node) {
        if (node instanceof TableScan scan) {
            return scan(scan);
        }
        if (node instanceof Filter filter) {
            return filter(filter);
        }
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (node instanceof Sort sort) {
            return sort(sort);
        }
        if (node instanceof Join join) {
            return new JoinTranslator(dialect).join(join, select(join.getLeft()), select(join.getRight()));
        }
        if (node instanceof SetOp set) {
            return new SetTranslator(dialect)
                    .combine(set, set.getInputs().stream().map(this::select).toList());
        }
        if (node instanceof Window window) {
            Select input = select(window.getInput());
            return WindowTranslator.translate(dialect, window, input.isPlain() ? input : input.nested());
        }
        throw new Refused(dialect.product() + " is not asked for " + node.getRelTypeName());
    }

    private Select scan(TableScan scan) {
        TableDescriptor table = FragmentColumns.table(scan);
        String schema = table.name().schema();
        String name = table.name().table();
        Relation relation = Relation.table(name, Identifiers.quoted(schema, name));
        List<Item> items = new ArrayList<>();
        for (ColumnDescriptor column : table.columns()) {
            String label = schema + "." + name + "." + column.name();
            Expr expr = Expr.column(
                    relation, column.path().get(0), column.type(), Form.of(column), column.nullable(), label);
            // Nobody above needs to know what the source holds, if it is not what the column is.
            Expr held = expr.form() == Form.CAST ? dialect.readable(expr) : expr;
            items.add(new Item(held, column.name()));
        }
        return new Select(dialect, Sql.named(relation), items);
    }

    private Translator translator(RelNode node, Fields fields) {
        return new Translator(dialect, node.getCluster().getRexBuilder(), fields);
    }

    private Select filter(Filter filter) {
        Select input = select(filter.getInput());
        Select select = input.isLimited() || input.isWindowed() ? input.nested() : input;
        select.filter(translator(filter, select.fields()).translate(filter.getCondition()));
        return select;
    }

    private Select project(Project project) {
        Select input = select(project.getInput());
        boolean readsNothing =
                RelOptUtil.InputFinder.bits(project.getProjects(), null).isEmpty();
        // Constants alone would hide that all rows are grouped into one.
        Select select = input.isTotal() && readsNothing ? input.nested() : input;
        Translator translator = translator(project, select.fields());
        List<Item> items = new ArrayList<>();
        List<String> names = project.getRowType().getFieldNames();
        for (int i = 0; i < project.getProjects().size(); i++) {
            items.add(new Item(translator.translate(project.getProjects().get(i)), names.get(i)));
        }
        select.items(items);
        return select;
    }

    private Select aggregate(Aggregate aggregate) {
        Select input = select(aggregate.getInput());
        // A key with a parameter would stand twice in the text, and the server cannot know that both are one value.
        boolean repeats = aggregate.getGroupSet().asList().stream()
                .anyMatch(i -> input.items().get(i).expr().sql().hasSlots());
        boolean sets = aggregate.getGroupType() != Aggregate.Group.SIMPLE;
        // A set that leaves a key out makes it NULL wherever it stands: it must be one name.
        boolean computed = sets
                && aggregate.getGroupSet().asList().stream()
                        .anyMatch(i -> !input.items().get(i).expr().isColumn());
        Select select = input.isPlain() && !repeats && !computed ? input : input.nested();
        List<String> names = aggregate.getRowType().getFieldNames();
        List<Expr> keys = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            Expr grouped = grouped(select.items().get(key).expr());
            keys.add(grouped);
            boolean missing = aggregate.getGroupSets().stream().anyMatch(set -> !set.get(key));
            items.add(new Item(missing ? grouped.asNullable() : grouped, names.get(items.size())));
        }
        for (AggregateCall call : aggregate.getAggCallList()) {
            List<Expr> arguments = call.getArgList().stream()
                    .map(i -> select.items().get(i).expr())
                    .toList();
            Sql suffix = call.filterArg < 0
                    ? Sql.of("")
                    : filtered(select.items().get(call.filterArg).expr());
            items.add(new Item(
                    dialect.aggregate(call, arguments, order(call.getCollation(), select), suffix),
                    names.get(items.size())));
        }
        if (sets) {
            select.groupBySets(keys, sets(aggregate, keys), items);
        } else {
            select.group(keys, items);
        }
        return select;
    }

    private Optional<Sql> order(RelCollation collation, Select select) {
        List<Sql> keys = new ArrayList<>();
        for (RelFieldCollation key : collation.getFieldCollations()) {
            Expr value = select.items().get(key.getFieldIndex()).expr();
            if (!value.isConstant()) {
                keys.add(ordered(dialect, dialect.sortable(value, false), key));
            }
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(Sql.of(" ORDER BY ", Sql.joined(", ", keys)));
    }

    static Sql filtered(Expr condition) {
        return Sql.of(" FILTER (WHERE ", condition.sql(), ")");
    }

    private static Sql sets(Aggregate aggregate, List<Expr> keys) {
        List<Sql> sets = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            List<Sql> names = set.asList().stream()
                    .map(key -> keys.get(aggregate.getGroupSet().indexOf(key)).sql())
                    .toList();
            sets.add(Sql.of("(", Sql.joined(", ", names), ")"));
        }
        return Sql.joined(", ", sets);
    }

    /** A bare number in GROUP BY would be a position. */
    private Expr grouped(Expr key) {
        Expr grouped = dialect.groupable(key);
        return grouped.literal().isEmpty()
                ? grouped
                : grouped.spelled(grouped.form(), "COALESCE(", grouped.sql(), ", ", grouped.sql(), ")");
    }

    private Select sort(Sort sort) {
        Select input = select(sort.getInput());
        Select select = input.isLimited() ? input.nested() : input;
        List<Sql> keys = new ArrayList<>();
        List<RelFieldCollation> collations = sort.getCollation().getFieldCollations();
        for (int i = 0; i < collations.size(); i++) {
            RelFieldCollation collation = collations.get(i);
            Expr value = select.items().get(collation.getFieldIndex()).expr();
            if (value.isConstant()) {
                continue;
            }
            boolean last = i == collations.size() - 1;
            Expr sortable = dialect.sortable(value, last);
            keys.add(ordered(dialect, sortable, collation));
        }
        select.sort(keys, bound(sort, sort.fetch), bound(sort, sort.offset));
        return select;
    }

    static Sql ordered(Dialect dialect, Expr sortable, RelFieldCollation collation) {
        boolean nullsFirst = collation.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                ? collation.direction.isDescending()
                : collation.nullDirection == RelFieldCollation.NullDirection.FIRST;
        return dialect.ordered(sortable, collation.direction.isDescending(), nullsFirst);
    }

    private Optional<Sql> bound(Sort sort, @Nullable RexNode bound) {
        return bound == null
                ? Optional.empty()
                : Optional.of(
                        translator(sort, index -> noColumn()).translate(bound).sql());
    }

    private static Expr noColumn() {
        throw new Refused("a limit cannot depend on a row");
    }
}
