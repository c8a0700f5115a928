package io.calque.testkit.example;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.FragmentColumns;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.testkit.example.CsvQuery.Condition;
import io.calque.testkit.example.CsvQuery.Operand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Turns a fragment into a query, from the scan upwards. Thread-safe: each call has a draft of its own. */
final class CsvCompiler implements FragmentCompiler {
    private final SourceId source;

    CsvCompiler(SourceId source) {
        this.source = source;
    }

    // [doc: compile]
    @Override
    public NativeQuery compile(RelNode fragment) {
        Draft draft = draft(fragment);
        return new CsvQuery(
                source,
                draft.table,
                draft.fields,
                RelTypes.columns(fragment.getRowType()),
                draft.conditions,
                draft.offset,
                draft.fetch);
    }

    private static Draft draft(RelNode node) {
        if (node instanceof TableScan scan) {
            return new Draft(FragmentColumns.table(scan));
        }
        Draft draft = draft(node.getInput(0));
        if (node instanceof Filter filter) {
            RelOptUtil.conjunctions(filter.getCondition()).forEach(c -> draft.add((RexCall) c));
            return draft;
        }
        if (node instanceof Project project) {
            draft.fields = CsvCapabilities.columns(project).stream()
                    .map(draft.fields::get)
                    .toList();
            return draft;
        }
        if (node instanceof Sort limit) {
            draft.offset = bound(limit.offset);
            draft.fetch = bound(limit.fetch);
            return draft;
        }
        throw new IllegalArgumentException("CSV did not accept " + node.getRelTypeName());
    }
    // [end]

    private static Optional<Operand> bound(@Nullable RexNode bound) {
        return Optional.ofNullable(bound).map(CsvCompiler::operand);
    }

    private static Operand operand(RexNode node) {
        if (node instanceof RexDynamicParam parameter) {
            return new Operand.Slot(new ParameterSlot(parameter.getIndex(), RelTypes.toData(parameter.getType())));
        }
        RexLiteral literal = (RexLiteral) node;
        Class<?> held = switch (RelTypes.toData(literal.getType()).kind()) {
            case BOOLEAN -> Boolean.class;
            case SMALLINT, INTEGER, BIGINT -> Long.class;
            case DECIMAL -> BigDecimal.class;
            default -> String.class;
        };
        Object value = literal.getValueAs(held);
        if (value == null) {
            throw new IllegalArgumentException("CSV did not accept NULL as a value");
        }
        return new Operand.Value(value);
    }

    /** A query in the making: what the columns of the node that was read last are in the file. */
    private static final class Draft {
        private final String table;
        private List<String> fields;
        private final List<Condition> conditions = new ArrayList<>();
        private Optional<Operand> offset = Optional.empty();
        private Optional<Operand> fetch = Optional.empty();

        Draft(TableDescriptor table) {
            this.table = table.name().table();
            this.fields = table.columns().stream().map(ColumnDescriptor::name).toList();
        }

        void add(RexCall equality) {
            int column = ((RexInputRef) equality.getOperands().get(0)).getIndex();
            conditions.add(new Condition(
                    fields.get(column), operand(equality.getOperands().get(1))));
        }
    }
}
