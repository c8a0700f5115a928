package io.calque.app.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a question file teaches before it asks: a question and its gold query, for each line with paraphrases. Stateless. */
public final class Lessons {
    private Lessons() {}

    /**
     * @param spread where the tables of a database are
     */
    public static List<OntologyEntry> of(Path file, QueryClient client, Spread spread) throws IOException {
        List<OntologyEntry> lessons = new ArrayList<>();
        for (JsonNode line : GoldQuestion.lines(file)) {
            if (!line.path("paraphrases").isEmpty()) {
                Evaluation.run(
                        client,
                        "SET search_path TO " + spread.path(line.path("db").asText()));
                String plan = plan(client, line.path("gold_sql").asText());
                lessons.add(new Verified(line.path("question").asText(), plan, "evaluation", "", List.of()));
            }
        }
        return lessons;
    }

    private static String plan(QueryClient client, String sql) {
        List<String> plan = new ArrayList<>();
        String text = sql.replace("'", "''");
        try (Answer answer = client.run("SELECT property, \"value\" FROM TABLE(PLAN_OF('" + text + "'))")) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                if ("plan".equals(row.get().get(0))) {
                    plan.add(String.valueOf(row.get().get(1)));
                }
            }
        }
        return plan.get(0);
    }
}
