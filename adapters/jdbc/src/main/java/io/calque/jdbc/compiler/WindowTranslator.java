package io.calque.jdbc.compiler;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Says windows: {@code f(x) OVER (PARTITION BY p ORDER BY o frame)}. What depends on ties must tie in the source as in the engine. */
final class WindowTranslator {
    /** Window functions that both databases compute as the engine does; aggregates over windows are those of the dialect. */
    static final String[] FUNCTIONS = {
        "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE"
    };

    private final Dialect dialect;
    private final Window window;
    private final Fields fields;

    WindowTranslator(Dialect dialect, Window window, Fields fields) {
        this.dialect = dialect;
        this.window = window;
        this.fields = fields;
    }

    /** One expression a call, in the order of the window's columns. */
    List<Expr> calls() {
        List<Expr> calls = new ArrayList<>();
        for (Window.Group group : window.groups) {
            for (Window.RexWinAggCall call : group.aggCalls) {
                calls.add(call(group, call));
            }
        }
        return calls;
    }

    private Expr call(Window.Group group, Window.RexWinAggCall call) {
        String name = call.getOperator().getName();
        if (call.distinct || call.ignoreNulls) {
            throw new Refused(name + " of distinct or not null values over a window stays in Calque");
        }
        DataType type = Translator.type(call.getType());
        return switch (call.getKind()) {
            case ROW_NUMBER, RANK, DENSE_RANK -> Expr.atom(type, false, name + "()", over(group, false));
            case NTILE -> Expr.atom(type, false, "NTILE(" + count(call, 0, 1) + ")", over(group, false));
            case LAG, LEAD -> neighbour(group, call, type);
            case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> framed(group, call);
            case COUNT, SUM, SUM0, MIN, MAX, AVG -> aggregate(group, call);
            default -> throw new Refused(dialect.product() + " is not asked for " + name + " over a window");
        };
    }

    private Expr aggregate(Window.Group group, Window.RexWinAggCall call) {
        List<Expr> arguments = IntStream.range(0, call.getOperands().size())
                .mapToObj(i -> value(call, i))
                .toList();
        boolean slides = !group.lowerBound.isUnbounded()
                && !group.orderKeys.getFieldCollations().isEmpty();
        if (slides && arguments.stream().anyMatch(Expr::isApproximate)) {
            throw new Refused("a frame that slides over doubles loses digits in an order of its own");
        }
        AggregateCall plain = AggregateCall.create(
                (SqlAggFunction) call.getOperator(),
                false,
                false,
                false,
                List.of(),
                IntStream.range(0, arguments.size()).boxed().toList(),
                -1,
                null,
                RelCollations.EMPTY,
                call.getType(),
                null);
        return dialect.aggregate(plain, arguments, Optional.empty(), over(group, true));
    }

    private Expr framed(Window.Group group, Window.RexWinAggCall call) {
        Expr value = value(call, 0);
        String place = call.getKind() == SqlKind.NTH_VALUE ? ", " + count(call, 1, 1) : "";
        return value.asNullable()
                .spelled(value.form(), call.getOperator().getName() + "(", value.sql(), place + ")", over(group, true));
    }

    private Expr neighbour(Window.Group group, Window.RexWinAggCall call, DataType type) {
        Expr value = value(call, 0);
        List<Object> parts = new ArrayList<>(List.of(call.getOperator().getName() + "(", value.sql()));
        if (call.getOperands().size() > 1) {
            parts.add(", " + count(call, 1, 0));
        }
        if (call.getOperands().size() > 2) {
            Expr otherwise = operand(call, 2);
            boolean alike = otherwise.type().kind() == value.type().kind()
                    && otherwise.type().scale() == value.type().scale()
                    && otherwise.form() == value.form()
                    && type.kind() == value.type().kind();
            if (!alike) {
                throw new Refused("a default of another type than the value stays in Calque");
            }
            parts.add(", ");
            parts.add(otherwise.sql());
        }
        parts.add(")");
        parts.add(over(group, false));
        return value.asNullable().spelled(value.form(), parts.toArray());
    }

    /** A value of the row: a constant alone would have no type in PostgreSQL. */
    private Expr value(Window.RexWinAggCall call, int index) {
        Expr value = dialect.readable(operand(call, index));
        if (value.isConstant()) {
            throw new Refused("a window over a constant stays in Calque");
        }
        return value;
    }

    private Expr operand(Window.RexWinAggCall call, int index) {
        RexNode operand = call.getOperands().get(index);
        RexLiteral constant = constant(operand);
        if (constant != null) {
            return dialect.literal(constant);
        }
        if (operand instanceof RexInputRef ref) {
            return fields.at(ref.getIndex());
        }
        throw new Refused("a window over a computed value stays in Calque");
    }

    /** Literals are kept aside, and referred to as if they were columns behind the last one. */
    private @Nullable RexLiteral constant(RexNode node) {
        int width = window.getInput().getRowType().getFieldCount();
        if (node instanceof RexLiteral literal) {
            return literal;
        }
        return node instanceof RexInputRef ref && ref.getIndex() >= width
                ? window.constants.get(ref.getIndex() - width)
                : null;
    }

    private String count(Window.RexWinAggCall call, int index, int least) {
        return count(call.getOperands().get(index), least, call.getOperator().getName());
    }

    private String count(RexNode node, int least, String name) {
        RexLiteral literal = constant(node);
        BigDecimal number = literal == null || literal.isNull() ? null : Literals.number(literal);
        boolean small = number != null
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        if (number == null || !small) {
            throw new Refused(name + " at a place that is no small constant stays in Calque");
        }
        return number.toBigInteger().toString();
    }

    private Sql over(Window.Group group, boolean frame) {
        List<Sql> parts = new ArrayList<>();
        List<Sql> partition = new ArrayList<>();
        for (int key : group.keys) {
            Expr value = fields.at(key);
            if (!value.isConstant()) {
                partition.add(dialect.groupable(value).sql());
            }
        }
        if (!partition.isEmpty()) {
            parts.add(Sql.of("PARTITION BY ", Sql.joined(", ", partition)));
        }
        List<Sql> order = order(group);
        if (!order.isEmpty()) {
            parts.add(Sql.of("ORDER BY ", Sql.joined(", ", order)));
        }
        if (frame) {
            frame(group, !order.isEmpty()).ifPresent(parts::add);
        }
        return Sql.of(" OVER (", Sql.joined(" ", parts), ")");
    }

    private List<Sql> order(Window.Group group) {
        List<Sql> order = new ArrayList<>();
        for (RelFieldCollation key : group.orderKeys.getFieldCollations()) {
            Expr value = fields.at(key.getFieldIndex());
            if (!value.isConstant()) {
                // Never the last key: rows that tie here must tie there.
                order.add(FragmentTranslator.ordered(dialect, dialect.sortable(value, false), key));
            }
        }
        return order;
    }

    private Optional<Sql> frame(Window.Group group, boolean ordered) {
        if (group.exclude != RexWindowExclusion.EXCLUDE_NO_OTHER) {
            throw new Refused("a frame that leaves rows out stays in Calque");
        }
        boolean fromStart = group.lowerBound.isUnbounded();
        boolean toCurrent = group.upperBound.isCurrentRow();
        if (!group.isRows && (fromStart && toCurrent || !ordered)) {
            boolean offsets = group.lowerBound.getOffset() != null || group.upperBound.getOffset() != null;
            if (offsets) {
                throw new Refused("a frame by distances of values stays in Calque");
            }
            return Optional.empty();
        }
        return Optional.of(Sql.of((group.isRows ? "ROWS" : "RANGE") + " BETWEEN " + bound(group, group.lowerBound)
                + " AND " + bound(group, group.upperBound)));
    }

    private String bound(Window.Group group, RexWindowBound bound) {
        if (bound.isCurrentRow()) {
            return "CURRENT ROW";
        }
        String side = bound.isPreceding() ? " PRECEDING" : " FOLLOWING";
        RexNode offset = bound.getOffset();
        if (offset == null) {
            return "UNBOUNDED" + side;
        }
        if (!group.isRows) {
            throw new Refused("a frame by distances of values stays in Calque");
        }
        return count(offset, 0, "a frame") + side;
    }

    /** The SELECT with the window's columns behind its own. */
    static Select translate(Dialect dialect, Window window, Select select) {
        List<Item> items = new ArrayList<>(select.items());
        List<String> names = window.getRowType().getFieldNames();
        for (Expr call : new WindowTranslator(dialect, window, select.fields()).calls()) {
            items.add(new Item(call, names.get(items.size())));
        }
        select.window(items);
        return select;
    }
}
