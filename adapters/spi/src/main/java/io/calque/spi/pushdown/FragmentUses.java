package io.calque.spi.pushdown;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;

/** Which capabilities a fragment needs: the names by which {@link Capabilities#list} speaks of its operators. Stateless. */
public final class FragmentUses {
    private static final String LOGICAL = "Logical";

    private FragmentUses() {}

    /** All that {@code fragment} needs, down to its scans. */
    public static SortedSet<Use> of(RelNode fragment) {
        SortedSet<Use> uses = new TreeSet<>();
        collect(fragment, uses);
        return uses;
    }

    private static void collect(RelNode node, SortedSet<Use> uses) {
        uses.addAll(ofOperator(node));
        node.getInputs().forEach(input -> collect(input, uses));
    }

    /** What {@code node} alone needs, whatever is below it. */
    public static SortedSet<Use> ofOperator(RelNode node) {
        SortedSet<Use> uses = new TreeSet<>();
        if (node instanceof TableScan) {
            return uses;
        }
        if (node instanceof Join join) {
            uses.add(new Use(Kind.JOIN, join.getJoinType().name()));
        } else if (node instanceof SetOp set) {
            uses.add(new Use(Kind.SET_OPERATION, set.kind.sql + (set.all ? " ALL" : "")));
        } else if (node instanceof Sort sort) {
            sort(sort, uses);
        } else if (node instanceof Aggregate aggregate) {
            aggregate(aggregate, uses);
        } else if (node instanceof Window window) {
            window.groups.forEach(group -> group.aggCalls.forEach(
                    call -> uses.add(new Use(Kind.WINDOW, call.getOperator().getName()))));
        } else {
            uses.add(new Use(Kind.OPERATOR, name(node)));
        }
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (!KeyTuples.is(call)) {
                    uses.add(new Use(Kind.FUNCTION, call.getOperator().getName()));
                }
                return super.visitCall(call);
            }

            @Override
            public RexNode visitOver(RexOver over) {
                uses.add(new Use(Kind.WINDOW, over.getOperator().getName()));
                return super.visitOver(over);
            }
        });
        return uses;
    }

    /** An aggregate function as lists name it; its filter is a use of its own. */
    public static Use ofCall(AggregateCall call) {
        return new Use(Kind.AGGREGATE, call.getAggregation().getName() + (call.isDistinct() ? " DISTINCT" : ""));
    }

    /** A relational operator by its name: FILTER, PROJECT, VALUES. */
    static String name(RelNode node) {
        return node.getRelTypeName().replace(LOGICAL, "").toUpperCase(Locale.ROOT);
    }

    private static void sort(Sort sort, SortedSet<Use> uses) {
        for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
            boolean descending = key.getDirection().isDescending();
            boolean first = switch (key.nullDirection) {
                case FIRST -> true;
                case LAST -> false;
                case UNSPECIFIED -> descending;
            };
            uses.add(new Use(Kind.SORT, (descending ? "DESC" : "ASC") + (first ? " NULLS FIRST" : " NULLS LAST")));
        }
        if (sort.fetch != null) {
            uses.add(new Use(Kind.SORT, "LIMIT"));
        }
        if (sort.offset != null) {
            uses.add(new Use(Kind.SORT, "OFFSET"));
        }
    }

    private static void aggregate(Aggregate aggregate, SortedSet<Use> uses) {
        if (aggregate.getGroupSets().size() > 1) {
            uses.add(new Use(Kind.OPERATOR, "GROUPING SETS"));
        } else if (aggregate.getAggCallList().isEmpty()) {
            uses.add(new Use(Kind.OPERATOR, "DISTINCT"));
        } else {
            uses.add(new Use(Kind.OPERATOR, aggregate.getGroupCount() == 0 ? "AGGREGATE" : "GROUP BY"));
        }
        for (AggregateCall call : aggregate.getAggCallList()) {
            uses.add(new Use(Kind.AGGREGATE, call.getAggregation().getName() + (call.isDistinct() ? " DISTINCT" : "")));
            if (call.hasFilter()) {
                uses.add(new Use(Kind.OPERATOR, "AGGREGATE FILTER"));
            }
        }
    }
}
