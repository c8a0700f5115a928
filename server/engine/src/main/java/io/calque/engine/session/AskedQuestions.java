package io.calque.engine.session;

import io.calque.engine.prepare.QuestionDesk;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.QuestionPlanner;
import io.calque.spi.question.QuestionPlanner.Asked;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.SourceNeed;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** The planner of questions, asked for one user over one catalog. */
public record AskedQuestions(QuestionPlanner planner, Asked asked) implements QuestionDesk {
    @Override
    public AnsweredQuestion answer(String question) {
        return planner.plan(question, asked);
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
