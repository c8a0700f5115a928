package io.calque.planner.lowering;

import com.google.common.collect.ImmutableList;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Brings a window back into a projection, where its functions are expressions that {@link RexLowering} understands: sums of BIGINT, the order
 * of text, deviations.
 *
 * <p>Before: {@code Window(order by [$1], aggs [SUM($0)])}; after: {@code Project($0, $1, SUM($0) OVER (ORDER BY $1))}. Single use.
 */
final class WindowLowering {
    /** What a window is split into: what comes before, itself, what comes after. */
    private static final int LEVELS = 3;

    private final LogicalWindow window;
    private final RexBuilder rexBuilder;

    private WindowLowering(LogicalWindow window) {
        this.window = window;
        this.rexBuilder = window.getCluster().getRexBuilder();
    }

    /**
     * The window itself where it needs nothing of ours.
     *
     * @throws QueryException NOT_SUPPORTED for what only a source can compute over a window
     */
    static RelNode lower(LogicalWindow window) {
        window.groups.forEach(group -> group.aggCalls.forEach(WindowLowering::requireKnown));
        RelNode project = new WindowLowering(window).asProject();
        RelNode lowered = project.accept(new RexLowering(window.getCluster().getRexBuilder()));
        boolean ranksPeers = window.groups.stream()
                .anyMatch(group -> group.aggCalls.stream().anyMatch(call -> ranksPeers(group, call)));
        return lowered == project && !ranksPeers ? window : lowered;
    }

    /** The rule that splits such a projection again fails over fewer expressions than it makes levels; constants fill up. */
    private RelNode filled() {
        RelNode input = window.getInput();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
            columns.add(rexBuilder.makeInputRef(input, i));
        }
        if (columns.size() >= LEVELS) {
            return input;
        }
        while (columns.size() < LEVELS) {
            columns.add(rexBuilder.makeLiteral(columns.size() % 2 == 0));
        }
        return LogicalProject.create(input, List.of(), columns, (List<String>) null, Set.of());
    }

    private RelNode asProject() {
        RelNode input = window.getInput();
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
            outputs.add(rexBuilder.makeInputRef(input, i));
        }
        for (Window.Group group : window.groups) {
            for (Window.RexWinAggCall call : group.aggCalls) {
                outputs.add(over(group, call));
            }
        }
        return LogicalProject.create(
                filled(), List.of(), outputs, window.getRowType().getFieldNames(), Set.of());
    }

    private static void requireKnown(Window.RexWinAggCall call) {
        if (call.getKind() == SqlKind.STRING_AGG || call.getKind() == SqlKind.LISTAGG) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "STRING_AGG(...) OVER (...) is not computed by Calque itself, and no source takes it here: group in a"
                            + " subquery and join with that");
        }
    }

    /** Without an order all rows are peers, and first; the stock DENSE_RANK does not compile then. */
    private static boolean ranksPeers(Window.Group group, Window.RexWinAggCall call) {
        boolean ranks = call.getKind() == SqlKind.RANK || call.getKind() == SqlKind.DENSE_RANK;
        return ranks && group.orderKeys.getFieldCollations().isEmpty();
    }

    private RexNode over(Window.Group group, Window.RexWinAggCall call) {
        if (ranksPeers(group, call)) {
            return rexBuilder.makeExactLiteral(BigDecimal.ONE, call.getType());
        }
        RexShuttle constants = constants();
        List<RexNode> partition = new ArrayList<>();
        group.keys.forEach(key -> partition.add(rexBuilder.makeInputRef(window.getInput(), key)));
        return rexBuilder.makeOver(
                SqlParserPos.ZERO,
                call.getType(),
                (SqlAggFunction) call.getOperator(),
                constants.visitList(call.getOperands()),
                partition,
                order(group),
                group.lowerBound.accept(constants),
                group.upperBound.accept(constants),
                group.exclude,
                group.isRows,
                true,
                false,
                call.distinct,
                call.ignoreNulls);
    }

    private ImmutableList<RexFieldCollation> order(Window.Group group) {
        return group.orderKeys.getFieldCollations().stream()
                .map(key -> new RexFieldCollation(
                        rexBuilder.makeInputRef(window.getInput(), key.getFieldIndex()), marks(key)))
                .collect(ImmutableList.toImmutableList());
    }

    private static Set<SqlKind> marks(RelFieldCollation key) {
        List<SqlKind> marks = new ArrayList<>();
        if (key.direction.isDescending()) {
            marks.add(SqlKind.DESCENDING);
        }
        if (key.nullDirection == RelFieldCollation.NullDirection.FIRST) {
            marks.add(SqlKind.NULLS_FIRST);
        }
        if (key.nullDirection == RelFieldCollation.NullDirection.LAST) {
            marks.add(SqlKind.NULLS_LAST);
        }
        return Set.copyOf(marks);
    }

    /** A window keeps literals aside and refers to them as if they were columns behind the last one. */
    private RexShuttle constants() {
        int columns = window.getInput().getRowType().getFieldCount();
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return ref.getIndex() < columns ? ref : window.constants.get(ref.getIndex() - columns);
            }
        };
    }
}
