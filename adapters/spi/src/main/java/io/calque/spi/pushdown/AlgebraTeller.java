package io.calque.spi.pushdown;

import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner.Asked;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** Tells a query as a plan document, so that people can teach by SQL. Thread-safe. */
@FunctionalInterface
public interface AlgebraTeller {
    /**
     * @param query without subqueries
     * @param columns what the query calls its columns
     * @throws io.calque.spi.QueryException NOT_SUPPORTED naming what a plan document cannot say, INVALID_PLAN when its checks fail
     */
    AnsweredQuestion tell(RelNode query, List<String> columns, Asked asked);
}
