package io.calque.planner.join;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * What equalities of columns imply: of {@code a = b AND b = c}, that {@code a = c}. Only columns of one type, for which that always
 * holds. Single-threaded.
 */
final class ColumnEqualities {
    /** For each column, another one that it equals, up to one that stands for them all. */
    private final Map<Integer, Integer> same = new HashMap<>();

    private final Map<Integer, RelDataType> types = new HashMap<>();
    private final Set<RexNode> taken = new HashSet<>();
    private final RexBuilder rex;

    ColumnEqualities(List<RexNode> conjuncts, RexBuilder rex) {
        this.rex = rex;
        for (RexNode conjunct : conjuncts) {
            if (conjunct.getKind() == SqlKind.EQUALS
                    && ((RexCall) conjunct).getOperands().get(0) instanceof RexInputRef left
                    && ((RexCall) conjunct).getOperands().get(1) instanceof RexInputRef right
                    && SqlTypeUtil.equalSansNullability(left.getType(), right.getType())
                    && isExact(left.getType())) {
                taken.add(conjunct);
                types.put(left.getIndex(), left.getType());
                types.put(right.getIndex(), right.getType());
                int one = first(left.getIndex());
                int other = first(right.getIndex());
                if (one != other) {
                    same.put(one, other);
                }
            }
        }
    }

    private static boolean isExact(RelDataType type) {
        return SqlTypeUtil.isExactNumeric(type)
                || type.getSqlTypeName() == SqlTypeName.DATE
                || type.getSqlTypeName() == SqlTypeName.VARCHAR;
    }

    /** Columns of the run that equal each other, one list for each value; in the order of their columns. */
    Collection<List<Integer>> classes() {
        Map<Integer, List<Integer>> classes = new TreeMap<>();
        for (int column : new TreeSet<>(types.keySet())) {
            classes.computeIfAbsent(first(column), first -> new ArrayList<>()).add(column);
        }
        return classes.values();
    }

    /** Whether a condition is an equality that was taken in. */
    boolean says(RexNode conjunct) {
        return taken.contains(conjunct);
    }

    /** Two columns that equal each other. */
    RexNode equality(int one, int other) {
        return rex.makeCall(SqlStdOperatorTable.EQUALS, reference(one), reference(other));
    }

    private int first(int column) {
        int at = column;
        for (Integer next = same.get(at); next != null; next = same.get(at)) {
            at = next;
        }
        return at;
    }

    /** One equality of a column of the one with a column of the other. */
    Optional<RexNode> between(int[] one, int[] other) {
        Map<Integer, Integer> firsts = new HashMap<>();
        for (int column : one) {
            if (types.containsKey(column)) {
                firsts.putIfAbsent(first(column), column);
            }
        }
        for (int column : other) {
            Integer equal = types.containsKey(column) ? firsts.get(first(column)) : null;
            if (equal != null) {
                return Optional.of(equality(equal, column));
            }
        }
        return Optional.empty();
    }

    private RexNode reference(int column) {
        return new RexInputRef(column, Objects.requireNonNull(types.get(column)));
    }
}
