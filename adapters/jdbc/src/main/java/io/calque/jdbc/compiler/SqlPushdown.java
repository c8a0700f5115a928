package io.calque.jdbc.compiler;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.ExpressionRule;
import io.calque.spi.pushdown.ReadCosts;
import io.calque.spi.pushdown.Verdict;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexNode;

/**
 * The verdicts of a SQL source: the list of names says what is considered at all, and then a fragment is accepted exactly when the
 * translator that would say it does not refuse. So no verdict can differ from what is compiled. Thread-safe.
 */
final class SqlPushdown implements Capabilities {
    /** Said alike in every SQL database. */
    private static final String[] LOGIC = {
        "=",
        "<>",
        "<",
        "<=",
        ">",
        ">=",
        "IS DISTINCT FROM",
        "IS NOT DISTINCT FROM",
        "AND",
        "OR",
        "NOT",
        "IS NULL",
        "IS NOT NULL",
        "IS TRUE",
        "IS NOT TRUE",
        "IS FALSE",
        "IS NOT FALSE",
        "CASE",
        "COALESCE",
        "SEARCH"
    };

    private final CapabilityList list;
    private final ReadCosts costs;
    private final FragmentTranslator translator;

    SqlPushdown(Dialect dialect, CapabilityList list, ReadCosts costs) {
        this.list = list;
        this.costs = costs;
        this.translator = new FragmentTranslator(new SourceId("verdict"), dialect);
    }

    /** The list without functions and aggregates of the dialect's own. */
    static CapabilityList.Builder common(Dialect dialect) {
        return CapabilityList.of(dialect.product())
                .operator(Filter.class)
                .operator(Project.class)
                .operator(Sort.class, SqlPushdown::sort)
                .operator(Aggregate.class, aggregate -> aggregate(dialect, aggregate))
                .operator(Join.class)
                .operator(SetOp.class)
                .operator(Window.class)
                .proven(Kind.JOIN, "INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI")
                .proven(Kind.SET_OPERATION, "UNION", "UNION ALL", "INTERSECT", "EXCEPT")
                .proven(Kind.WINDOW, WindowTranslator.FUNCTIONS)
                .proven(Kind.WINDOW, "COUNT", "MIN", "MAX")
                .keyTuples()
                .functions(ExpressionRule.ALWAYS, LOGIC);
    }

    private static Verdict sort(Sort sort) {
        return sort.getCollation().getFieldCollations().isEmpty() && sort.fetch == null && sort.offset == null
                ? Verdict.no("there is nothing to sort or limit")
                : Verdict.yes();
    }

    private static Verdict aggregate(Dialect dialect, Aggregate aggregate) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE && !dialect.groupsBySets()) {
            return Verdict.no(dialect.product() + " has no grouping sets");
        }
        return aggregate.getGroupCount() == 0 && aggregate.getAggCallList().isEmpty()
                ? Verdict.no("an aggregate of nothing stays in Calque")
                : Verdict.yes();
    }

    @Override
    public Verdict operator(RelNode node) {
        return list.operator(node).and(() -> tried(() -> translator.select(node)));
    }

    @Override
    public Verdict expression(RexNode expression, RelNode input) {
        return list.expression(expression, input).and(() -> tried(() -> translator.expression(expression, input)));
    }

    @Override
    public int untriedKeys() {
        return list.untriedKeys();
    }

    @Override
    public ReadCosts readCosts() {
        return costs;
    }

    @Override
    public List<Capability> list() {
        return list.list();
    }

    private static Verdict tried(Runnable attempt) {
        try {
            attempt.run();
            return Verdict.yes();
        } catch (Refused e) {
            return Verdict.no(e.reason());
        }
    }
}
