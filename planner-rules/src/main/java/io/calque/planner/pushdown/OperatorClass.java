package io.calque.planner.pushdown;

import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;

/** Kinds of work that can be pushed, each with a switch of its own. */
public enum OperatorClass {
    FILTER,
    PROJECT,
    JOIN,
    AGGREGATE,
    SORT,
    SET_OPERATION,
    WINDOW,
    /** Fetches that read only rows whose key the other side of a join has. */
    BIND,
    /** Groups made below a join or a union, of whose totals the whole is made. */
    EARLY_AGGREGATION,
    /** The first rows taken below an outer join already. */
    EARLY_LIMITS,
    /** What is known of a key said of the key that a join compares it with. */
    TRANSITIVE_PREDICATES,
    OTHER;

    public static OperatorClass of(RelNode node) {
        if (node instanceof Filter filter) {
            return KeyFilter.isIn(filter.getCondition()) ? BIND : FILTER;
        }
        if (node instanceof Project) {
            return PROJECT;
        }
        if (node instanceof Join) {
            return JOIN;
        }
        if (node instanceof Aggregate) {
            return AGGREGATE;
        }
        if (node instanceof Sort) {
            return SORT;
        }
        if (node instanceof SetOp) {
            return SET_OPERATION;
        }
        return node instanceof Window ? WINDOW : OTHER;
    }

    /** As settings and messages spell it: {@code set_operation}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
