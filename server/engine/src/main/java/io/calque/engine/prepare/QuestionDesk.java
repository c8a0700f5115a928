package io.calque.engine.prepare;

import io.calque.spi.QueryException;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.SourceNeed;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.calcite.rel.RelNode;

/** What a statement asks of the planner of questions, on behalf of its user. */
public interface QuestionDesk {
    /** What a question in plain language means. */
    AnsweredQuestion answer(String question);

    /**
     * Takes the query of an answer through the optimizer without running it.
     *
     * @return about how many rows it gives; empty where nothing can be planned here
     * @throws QueryException QUESTION_DECLINED where it does not hold together
     */
    OptionalDouble dryRun(AnsweredQuestion answer);

    /** What of the catalog a question names. */
    List<SchemaMatch> search(String question);

    /** Which sources a question needs. */
    List<SourceNeed> classify(String question);

    /**
     * A query told as a plan.
     *
     * @param columns what it calls its columns
     */
    AnsweredQuestion tell(RelNode query, List<String> columns);
}
