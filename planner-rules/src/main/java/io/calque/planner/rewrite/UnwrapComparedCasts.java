package io.calque.planner.rewrite;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Takes the widening cast off a column that is compared with something exact, because numbers compare by value whatever their width;
 * a cast would hide the column from the source's index and statistics.
 *
 * <pre>
 * CAST(total AS DECIMAL(12, 2)) > 5.00   to   total > 5.00
 * </pre>
 *
 * <p>Must not fire on a cast that can change the value: to fewer digits, or between exact and floating numbers. Stateless.
 */
final class UnwrapComparedCasts {
    private UnwrapComparedCasts() {}

    static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                return node.accept(new Unwrapping(node.getCluster().getRexBuilder()));
            }
        });
    }

    private static final class Unwrapping extends RexShuttle {
        private final RexBuilder rex;

        Unwrapping(RexBuilder rex) {
            this.rex = rex;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            RexCall visited = (RexCall) super.visitCall(call);
            if (!SqlKind.COMPARISON.contains(visited.getKind())
                    || visited.getOperands().size() != 2) {
                return visited;
            }
            RexNode left = visited.getOperands().get(0);
            RexNode right = visited.getOperands().get(1);
            RexNode newLeft = right instanceof RexLiteral ? unwrapped(left) : left;
            RexNode newRight = left instanceof RexLiteral ? unwrapped(right) : right;
            boolean changed = newLeft != left || newRight != right;
            return changed
                    ? rex.makeCall(visited.getParserPosition(), visited.getOperator(), List.of(newLeft, newRight))
                    : visited;
        }

        private static RexNode unwrapped(RexNode value) {
            if (value.getKind() != SqlKind.CAST) {
                return value;
            }
            RexNode inner = ((RexCall) value).getOperands().get(0);
            return widens(inner.getType(), value.getType()) ? inner : value;
        }

        /** Within one family only, so that the comparison stays one between values of one Java class. */
        private static boolean widens(RelDataType from, RelDataType to) {
            if (from.getSqlTypeName() == SqlTypeName.DECIMAL && to.getSqlTypeName() == SqlTypeName.DECIMAL) {
                return to.getScale() >= from.getScale()
                        && to.getPrecision() - to.getScale() >= from.getPrecision() - from.getScale();
            }
            if (SqlTypeUtil.isIntType(from) && SqlTypeUtil.isIntType(to)) {
                return to.getPrecision() >= from.getPrecision();
            }
            // Text has no length here: a cast from one VARCHAR to another changes nothing unless it cuts.
            return from.getSqlTypeName() == SqlTypeName.VARCHAR
                    && to.getSqlTypeName() == SqlTypeName.VARCHAR
                    && to.getPrecision() == from.getPrecision();
        }
    }
}
