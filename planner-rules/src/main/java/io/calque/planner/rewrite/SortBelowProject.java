package io.calque.planner.rewrite;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rules.SortProjectTransposeRule;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * The stock rule that sorts before it projects, but for keys that a cast makes equal.
 *
 * <pre>
 * Sort(by a)            Project(b + 1, a)
 *   Project(b + 1, a)   to   Sort(by a)
 * </pre>
 *
 * <p>Must not fire on {@code ORDER BY CAST(paid_at AS DATE), name}: the stock rule sorts by {@code paid_at} instead, where the second key
 * has nothing left to say.
 */
final class SortBelowProject {
    static final RelOptRule RULE = SortProjectTransposeRule.Config.DEFAULT
            .withOperandSupplier(b -> b.operand(Sort.class)
                    .predicate(SortBelowProject::keepsTies)
                    .oneInput(i -> i.operand(Project.class)
                            .predicate(project -> !project.containsOver())
                            .anyInputs()))
            .as(SortProjectTransposeRule.Config.class)
            .toRule();

    private SortBelowProject() {}

    private static boolean keepsTies(Sort sort) {
        RelNode input = sort.getInput().stripped();
        return !(input instanceof Project project)
                || sort.getCollation().getFieldCollations().stream()
                        .map(RelFieldCollation::getFieldIndex)
                        .map(project.getProjects()::get)
                        .allMatch(SortBelowProject::keepsTies);
    }

    private static boolean keepsTies(RexNode key) {
        return key.getKind() != SqlKind.CAST || RexUtil.isLosslessCast(key);
    }
}
