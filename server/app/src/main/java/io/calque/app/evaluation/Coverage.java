package io.calque.app.evaluation;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether queries can be said as plan documents: each gold query is told as a document, the document said as SQL again, and the rows of
 * both compared. Single-threaded.
 */
public final class Coverage {
    private final QueryClient client;

    public Coverage(QueryClient client) {
        this.client = client;
    }

    /** How a gold query fared. */
    public enum Outcome {
        /** A document that passes the checks and gives the same rows. */
        TOLD,
        /** The engine itself does not run the query. */
        NOT_RUN,
        /** There is no document, or it fails its checks. */
        NOT_TOLD,
        /** The document gives other rows. */
        OTHER_ROWS
    }

    /**
     * @param detail why not; empty where it was told
     */
    public record Round(GoldQuestion question, Outcome outcome, String detail) {}

    /** The first gold query of a question that has one. */
    public Round judge(GoldQuestion question) {
        String gold = question.gold().get(0).strip().replaceFirst(";\\s*$", "");
        run("SET search_path TO " + question.database());
        Rows before;
        try {
            before = Rows.of(client, gold);
        } catch (StatementFailedException e) {
            return new Round(question, Outcome.NOT_RUN, String.valueOf(e.getMessage()));
        }
        String sql;
        try {
            sql = told(gold);
        } catch (StatementFailedException e) {
            return new Round(question, Outcome.NOT_TOLD, String.valueOf(e.getMessage()));
        }
        try {
            Rows after = Rows.of(client, sql);
            boolean ordered = question.ordered() && before.rows().size() > 1;
            boolean same = before.width() == after.width() && before.within(after, ordered);
            return same ? new Round(question, Outcome.TOLD, "") : new Round(question, Outcome.OTHER_ROWS, sql);
        } catch (StatementFailedException e) {
            return new Round(question, Outcome.OTHER_ROWS, e.getMessage() + "\n" + sql);
        }
    }

    private String told(String query) {
        String text = query.replace("'", "''");
        String sql = "";
        try (Answer answer = client.run("SELECT property, \"value\" FROM TABLE(PLAN_OF('" + text + "'))")) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                sql = "sql".equals(row.get().get(0)) ? String.valueOf(row.get().get(1)) : sql;
            }
        }
        return sql;
    }

    private void run(String sql) {
        try (Answer answer = client.run(sql)) {
            while (answer.next().isPresent()) {
                continue;
            }
        }
    }
}
