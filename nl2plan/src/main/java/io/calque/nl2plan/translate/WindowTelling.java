package io.calque.nl2plan.translate;

import static io.calque.nl2plan.translate.RexText.unsupported;

import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.OrderKey;
import io.calque.nl2plan.plan.PlanNode.WindowCall;
import io.calque.nl2plan.plan.PlanNode.WindowFunction;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.translate.AlgebraToPlan.Told;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Windows inside expressions, set apart in a node of their own before the node that computes with them. */
final class WindowTelling {
    private final PlanNodes nodes;
    private final RexBuilder builder;

    WindowTelling(PlanNodes nodes, RexBuilder builder) {
        this.nodes = nodes;
        this.builder = builder;
    }

    /**
     * @param rows with a column more for each window
     * @param expressions over those rows, free of windows
     */
    record Windowed(Told rows, List<RexNode> expressions) {
        Windowed {
            expressions = List.copyOf(expressions);
        }
    }

    Windowed apart(Told input, List<RexNode> expressions) {
        List<RexOver> windows = new ArrayList<>();
        for (RexNode expression : expressions) {
            expression.accept(new RexVisitorImpl<Void>(true) {
                @Override
                @SuppressWarnings("NullAway") // Calcite's visitors of Void return null
                public Void visitOver(RexOver over) {
                    if (!windows.contains(over)) {
                        windows.add(over);
                    }
                    return null;
                }
            });
        }
        if (windows.isEmpty()) {
            return new Windowed(input, expressions);
        }
        Prepared prepared = new Prepared(input);
        List<WindowCall> calls = new ArrayList<>();
        for (RexOver over : windows) {
            calls.add(call(over, prepared, prepared.fresh(over.getAggOperator().getName())));
        }
        String rows = prepared.node();
        String id = nodes.add("windowed", n -> new PlanNode.Window(n, rows, calls));
        List<String> names = new ArrayList<>(prepared.names());
        int first = names.size();
        calls.forEach(c -> names.add(c.as()));
        RexShuttle replacing = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                int at = windows.indexOf(over);
                RelDataType type = over.getType();
                RexNode column = builder.makeInputRef(
                        builder.getTypeFactory().createTypeWithNullability(type, true), first + at);
                boolean fromZero = over.getAggOperator().getKind() == SqlKind.SUM0;
                return fromZero
                        ? builder.makeCall(SqlStdOperatorTable.COALESCE, column, builder.makeZeroLiteral(type))
                        : column;
            }
        };
        return new Windowed(new Told(id, names), replacing.apply(expressions));
    }

    /** The input's columns and, after them, what partitions need as columns. */
    private final class Prepared {
        private final Told input;
        private final List<PlanNode.Column> columns = new ArrayList<>();
        private final Set<String> taken = new HashSet<>();
        private final RexText text;

        Prepared(Told input) {
            this.input = input;
            this.text = new RexText(builder, input.names());
            input.names().forEach(n -> {
                columns.add(PlanNode.Column.kept(n));
                taken.add(n.toLowerCase(Locale.ROOT));
            });
        }

        String fresh(String function) {
            String wish = function.toLowerCase(Locale.ROOT).replace("$", "");
            String name = wish;
            for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = wish + "_" + i;
            }
            return name;
        }

        String column(RexNode node) {
            if (node instanceof RexInputRef ref) {
                return input.names().get(ref.getIndex());
            }
            String name = fresh("key");
            columns.add(new PlanNode.Column(text.of(node), name));
            return name;
        }

        String expression(RexNode node) {
            return text.of(node);
        }

        List<String> names() {
            return columns.stream().map(PlanNode.Column::as).toList();
        }

        String node() {
            return columns.size() == input.names().size()
                    ? input.id()
                    : nodes.add("prepared", id -> new PlanNode.Project(id, input.id(), columns));
        }
    }

    private static WindowCall call(RexOver over, Prepared rows, String as) {
        WindowFunction function = function(over.getAggOperator().getName());
        if (over.isDistinct() || over.ignoreNulls()) {
            throw unsupported("DISTINCT or IGNORE NULLS in a window");
        }
        List<RexNode> operands = over.getOperands();
        boolean counted = function == WindowFunction.NTILE;
        OptionalLong n = OptionalLong.empty();
        if (counted) {
            n = number(operands.get(0));
        } else if (operands.size() == 2) {
            n = number(operands.get(1));
        } else if (operands.size() > 2) {
            throw unsupported("a default of " + function);
        }
        RexWindow window = over.getWindow();
        List<String> partition = window.partitionKeys.stream().map(rows::column).toList();
        List<OrderKey> order = window.orderKeys.stream().map(k -> key(k, rows)).toList();
        return new WindowCall(
                function,
                counted || operands.isEmpty() ? Optional.empty() : Optional.of(rows.expression(operands.get(0))),
                n,
                partition,
                order,
                frame(function, window, rows),
                as);
    }

    private static OrderKey key(RexFieldCollation key, Prepared rows) {
        Set<SqlKind> flags = key.right;
        return AlgebraToPlan.key(
                rows.expression(key.left),
                flags.contains(SqlKind.DESCENDING),
                flags.contains(SqlKind.NULLS_FIRST),
                flags.contains(SqlKind.NULLS_LAST));
    }

    private static OptionalLong number(RexNode node) {
        if (node instanceof RexLiteral literal && !literal.isNull()) {
            return OptionalLong.of(
                    Objects.requireNonNull(literal.getValueAs(BigDecimal.class)).longValueExact());
        }
        throw unsupported("a number of rows that is computed");
    }

    private static WindowFunction function(String name) {
        String known = name.equals("$SUM0") ? "SUM" : name.toUpperCase(Locale.ROOT);
        for (WindowFunction function : WindowFunction.values()) {
            if (function.name().equals(known)) {
                return function;
            }
        }
        throw unsupported("the window function " + name);
    }

    /** Empty where it is the standard's own. */
    private static Optional<String> frame(WindowFunction function, RexWindow window, Prepared rows) {
        boolean ranks = switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE, LAG, LEAD -> true;
            default -> false;
        };
        RexWindowBound lower = window.getLowerBound();
        RexWindowBound upper = window.getUpperBound();
        boolean fromStart = lower.isUnbounded() && lower.isPreceding();
        boolean whole = fromStart && upper.isUnbounded() && upper.isFollowing();
        boolean standard = window.orderKeys.isEmpty()
                ? whole || fromStart && upper.isCurrentRow() && !window.isRows()
                : fromStart && upper.isCurrentRow() && !window.isRows();
        if (ranks || standard) {
            return Optional.empty();
        }
        return Optional.of(
                (window.isRows() ? "ROWS" : "RANGE") + " BETWEEN " + bound(lower, rows) + " AND " + bound(upper, rows));
    }

    private static String bound(RexWindowBound bound, Prepared rows) {
        if (bound.isCurrentRow()) {
            return "CURRENT ROW";
        }
        String side = bound.isPreceding() ? " PRECEDING" : " FOLLOWING";
        RexNode offset = bound.getOffset();
        return (offset == null ? "UNBOUNDED" : rows.expression(offset)) + side;
    }
}
