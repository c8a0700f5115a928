package io.calque.app.demo;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a question was understood as.
 *
 * @param lines for people
 */
record UnderstoodQuestion(List<String> lines) {
    UnderstoodQuestion {
        lines = List.copyOf(lines);
    }

    static UnderstoodQuestion of(QueryClient client, String question) {
        List<String> lines = new ArrayList<>();
        String sql = "SELECT property, \"value\" FROM TABLE(NL_PLAN('" + question.replace("'", "''") + "'))";
        try (Answer answer = client.run(sql)) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                String value = String.valueOf(row.get().get(1));
                switch (String.valueOf(row.get().get(0))) {
                    case "interpretation" -> lines.add("Understood: " + value);
                    case "evidence" -> lines.add("            " + value);
                    case "assumption" -> lines.add("Assumed:    " + value);
                    case "confidence" -> lines.add("Confidence: " + value);
                    default -> {
                        // the plan itself would be too long here
                    }
                }
            }
        }
        return new UnderstoodQuestion(lines);
    }
}
