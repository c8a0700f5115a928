package io.calque.engine.operator;

import io.calque.planner.physical.JoinPlan;
import java.util.Arrays;
import org.apache.calcite.linq4j.function.Predicate2;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/** What a join's parts ask about it. Immutable. */
final class JoinSides {
    private final JoinPlan plan;
    private final RowLayout leftLayout;
    private final RowLayout rightLayout;
    private final @Nullable Predicate2<Object, Object> condition;

    JoinSides(JoinPlan plan, @Nullable Predicate2<Object, Object> condition) {
        this.plan = plan;
        this.leftLayout = new RowLayout(plan.left());
        this.rightLayout = new RowLayout(plan.right());
        this.condition = condition;
    }

    RowLayout leftLayout() {
        return leftLayout;
    }

    RowLayout rightLayout() {
        return rightLayout;
    }

    @Nullable Predicate2<Object, Object> condition() {
        return condition;
    }

    RowKeys leftKeys() {
        return new RowKeys(
                leftLayout, plan.keys().stream().mapToInt(JoinPlan.Key::left).toArray());
    }

    int[] rightKeyColumns() {
        return plan.keys().stream().mapToInt(JoinPlan.Key::right).toArray();
    }

    RowKeys rightKeys() {
        return new RowKeys(rightLayout, rightKeyColumns());
    }

    /** Which keys meet nothing when they are NULL. */
    boolean[] lonelyWhenNull() {
        boolean[] lonely = new boolean[plan.keys().size()];
        for (int i = 0; i < lonely.length; i++) {
            lonely[i] = !plan.keys().get(i).nullsMeet();
        }
        return lonely;
    }

    /** For each right column the left one that equals it in every row that is passed on; -1 where there is none. */
    int[] equalLeftColumns() {
        int[] equal = new int[plan.right().size()];
        Arrays.fill(equal, -1);
        if (plan.type() == JoinRelType.INNER) {
            plan.keys().forEach(key -> equal[key.right()] = key.left());
        }
        return equal;
    }

    boolean isInner() {
        return plan.type() == JoinRelType.INNER;
    }

    boolean passesOnRight() {
        return plan.type().projectsRight();
    }

    /** Whether a left row is told at most once, and by whether it has a partner. */
    boolean tests() {
        return plan.type() == JoinRelType.SEMI || plan.type() == JoinRelType.ANTI;
    }

    /** Whether left rows with a partner are passed on. */
    boolean passesOnMatched() {
        return plan.type() != JoinRelType.ANTI;
    }

    boolean passesOnLeftAlone() {
        return plan.type() == JoinRelType.ANTI || plan.type().generatesNullsOnRight();
    }

    boolean passesOnRightAlone() {
        return plan.type().generatesNullsOnLeft();
    }
}
