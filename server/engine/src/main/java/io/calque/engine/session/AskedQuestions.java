package io.calque.engine.session;

import io.calque.engine.prepare.PlannedQuery;
import io.calque.engine.prepare.QuestionDesk;
import io.calque.spi.ErrorCode;
import io.calque.spi.ErrorKind;
import io.calque.spi.QueryException;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner;
import io.calque.spi.question.QuestionPlanner.Asked;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.SourceNeed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/**
 * The planner of questions, asked for one user over one catalog.
 *
 * @param plans queries as that user's; empty where only names and types are wanted
 */
public record AskedQuestions(QuestionPlanner planner, Asked asked, Optional<Function<String, PlannedQuery>> plans)
        implements QuestionDesk {
    @Override
    public AnsweredQuestion answer(String question) {
        return planner.plan(question, asked);
    }

    @Override
    public OptionalDouble dryRun(AnsweredQuestion answer) {
        if (plans.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(plans.get().apply(answer.sql()).tree().estimatedRows());
        } catch (QueryException e) {
            if (e.code().kind() != ErrorKind.USER) {
                throw e;
            }
            throw new QueryException(
                    ErrorCode.QUESTION_DECLINED, "The question has no sound plan: " + e.getMessage(), e);
        }
    }

    @Override
    public List<SchemaMatch> search(String question) {
        return planner.search(question, asked);
    }

    @Override
    public List<SourceNeed> classify(String question) {
        return planner.classify(question, asked);
    }

    @Override
    public AnsweredQuestion tell(RelNode query, List<String> columns) {
        return planner.teller()
                .orElseThrow(() -> new QueryException(
                        ErrorCode.NOT_SUPPORTED, "This engine was started without a planner of questions"))
                .tell(query, columns, asked);
    }
}
