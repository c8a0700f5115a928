package io.calque.spi.question;

import io.calque.spi.SourceId;
import java.util.List;

/**
 * What a question means.
 *
 * @param sql the query, with every table named in full
 * @param plan the plan document, canonical JSON
 * @param told the plan, for people
 * @param interpretation the question as understood, one sentence
 * @param assumptions what was decided without being said
 * @param evidence which words led where, in the question's order
 * @param confidence 0 to 1
 * @param sources that the query reads, sorted
 */
public record AnsweredQuestion(
        String sql,
        String plan,
        ToldPlan told,
        String interpretation,
        List<String> assumptions,
        List<String> evidence,
        double confidence,
        List<SourceId> sources) {
    public AnsweredQuestion {
        assumptions = List.copyOf(assumptions);
        evidence = List.copyOf(evidence);
        sources = sources.stream().distinct().sorted().toList();
    }
}
