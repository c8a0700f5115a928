package io.calque.nl2plan.translate;

import io.calque.nl2plan.check.Finding;
import io.calque.nl2plan.check.PlanChecks;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanJson;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.render.PlanDiagrams;
import io.calque.nl2plan.render.PlanSql;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.pushdown.AlgebraTeller;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/** Tells queries as checked plan documents. Thread-safe. */
public final class QueryTeller implements AlgebraTeller {
    private final Function<Asked, PlanChecks> checks;

    /**
     * @param checks of documents over the asker's catalog
     */
    public QueryTeller(Function<Asked, PlanChecks> checks) {
        this.checks = checks;
    }

    @Override
    public AnsweredQuestion tell(RelNode query, List<String> columns, Asked asked) {
        PlanTables tables = PlanTables.of(asked.catalog(), asked.principal(), asked.policy());
        PlanDocument plan = AlgebraToPlan.of(query, columns);
        List<String> assumptions = new ArrayList<>();
        for (Finding finding : checks.apply(asked).check(plan)) {
            if (finding.severity() == Finding.Severity.ERROR) {
                throw new QueryException(ErrorCode.INVALID_PLAN, "The query's plan fails its checks: " + finding);
            }
            assumptions.add(finding.toString());
        }
        List<SourceId> sources = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Scan scan) {
                tables.find(scan.table()).ifPresent(t -> sources.add(t.name().source()));
            }
        }
        return new AnsweredQuestion(
                PlanSql.of(plan, tables),
                PlanJson.write(plan),
                PlanDiagrams.all(plan),
                plan.interpretation(),
                assumptions,
                List.of(),
                1,
                sources);
    }
}
