package io.calque.mongodb.compiler;

import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability;
import io.calque.spi.pushdown.ReadCosts;
import io.calque.spi.pushdown.Verdict;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What is said to MongoDB because it means there exactly what it means here. Stateless.
 *
 * <p>Answers by translating: a fragment that translates is pushed, and a refusal is the reason that EXPLAIN prints.
 */
public final class MongoCapabilities implements Capabilities {
    private static final ReadCosts COSTS = new ReadCosts(700, 1.2, 0.3, 12, 3);

    @Override
    public Verdict operator(RelNode node) {
        try {
            FragmentTranslator.draft(node);
            return Verdict.yes();
        } catch (Refused e) {
            return Verdict.no(e.reason());
        }
    }

    @Override
    public List<Capability> list() {
        return CapabilityLines.ALL;
    }

    @Override
    public ReadCosts readCosts() {
        return COSTS;
    }

    @Override
    public Verdict expression(RexNode expression, RelNode input) {
        try {
            Draft draft = FragmentTranslator.draft(input);
            RexNode expanded = RexUtil.expandSearch(input.getCluster().getRexBuilder(), null, expression);
            if (expression.getType().getSqlTypeName() == SqlTypeName.BOOLEAN) {
                new MatchTranslator(draft).whereTrue(expanded);
            } else {
                new ExpressionTranslator(draft).value(expanded);
            }
            return Verdict.yes();
        } catch (Refused e) {
            return Verdict.no(e.reason());
        }
    }
}
