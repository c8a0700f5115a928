package io.calque.app.question;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a question was understood, as {@code NL_PLAN} and {@code PLAN_OF} tell it.
 *
 * @param properties by name; those that stand in several rows are put together, a line each
 */
public record Understanding(Map<String, String> properties) {
    public Understanding {
        properties = new LinkedHashMap<>(properties);
    }

    /**
     * @throws StatementFailedException where it is declined, or may mean several things
     */
    public static Understanding of(QueryClient client, String question) {
        return told(client, "NL_PLAN", question);
    }

    /** Of a query. */
    public static Understanding ofQuery(QueryClient client, String sql) {
        return told(client, "PLAN_OF", sql);
    }

    private static Understanding told(QueryClient client, String function, String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        try (Answer answer =
                client.run("SELECT property, \"value\" FROM TABLE(" + function + "(" + literal(text) + "))")) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                properties.merge(
                        String.valueOf(row.get().get(0)),
                        String.valueOf(row.get().get(1)),
                        (a, b) -> a + "\n" + b);
            }
        }
        return new Understanding(properties);
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    public String get(String property) {
        return properties.getOrDefault(property, "");
    }

    /** What was read into the words. */
    private void tellReading(Writer out) throws IOException {
        out.append("Understood:  ").append(get("interpretation")).append('\n');
        out.append("Confidence:  ").append(get("confidence")).append('\n');
        out.append("Sources:     ").append(get("sources")).append('\n');
        if (!get("rows").isEmpty()) {
            out.append("Rows:        ").append(get("rows")).append('\n');
        }
        for (String evidence : get("evidence").lines().toList()) {
            out.append("Read:        ").append(evidence).append('\n');
        }
        for (String assumption : get("assumption").lines().toList()) {
            out.append("Assumed:     ").append(assumption).append('\n');
        }
    }

    /** The same with the plan's steps. */
    public void tellSteps(Writer out) throws IOException {
        tellReading(out);
        out.append("Steps:\n").append(get("steps").indent(2)).append('\n');
    }

    /** The same with the plan and its query. */
    public void tell(Writer out) throws IOException {
        tellReading(out);
        out.append("Steps:\n").append(get("steps").indent(2));
        out.append("Plan:\n").append(get("diagram").indent(2));
        out.append("SQL:\n").append(get("sql").indent(2)).append('\n');
    }
}
