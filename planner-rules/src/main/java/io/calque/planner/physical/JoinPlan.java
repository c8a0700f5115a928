package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;

/**
 * A join by equality, as the engine runs it. Immutable.
 *
 * @param type any but a mark join
 * @param left columns of the side that is streamed
 * @param right columns of the side that is kept
 * @param keys which columns are equal; not empty
 */
public record JoinPlan(JoinRelType type, List<ValueKind> left, List<ValueKind> right, List<Key> keys) {
    /**
     * Two columns of one kind.
     *
     * @param nullsMeet whether NULL equals NULL here
     */
    public record Key(int left, int right, boolean nullsMeet) {}

    public JoinPlan {
        left = List.copyOf(left);
        right = List.copyOf(right);
        keys = List.copyOf(keys);
    }

    /** The columns of the result. */
    public List<ValueKind> results() {
        List<ValueKind> results = new ArrayList<>(left);
        if (type.projectsRight()) {
            results.addAll(right);
        }
        return results;
    }
}
