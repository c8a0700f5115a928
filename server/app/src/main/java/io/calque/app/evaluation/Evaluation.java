package io.calque.app.evaluation;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.evaluation.Verdict.Outcome;
import io.calque.spi.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks questions and holds the answers against what the gold queries give now. Single-threaded. */
public final class Evaluation {
    private static final Set<String> DECLINING =
            Set.of(ErrorCode.QUESTION_DECLINED.sqlState(), ErrorCode.QUESTION_AMBIGUOUS.sqlState());

    private final QueryClient client;
    private final QueryClient golds;
    private final Spread spread;

    /**
     * @param client answers the questions
     * @param golds answers the gold queries; may be the same
     * @param spread where questions of a database are asked
     */
    public Evaluation(QueryClient client, QueryClient golds, Spread spread) {
        this.client = client;
        this.golds = golds;
        this.spread = spread;
    }

    public Verdict judge(GoldQuestion question) {
        run(client, "SET search_path TO " + spread.path(question.database()));
        run(
                client,
                "SET role TO '"
                        + (question.role().isEmpty() ? "none" : question.role().replace("'", "''")) + "'");
        long start = System.nanoTime();
        String sql;
        try {
            sql = question.onItsDay(plan(question.conversation()));
        } catch (StatementFailedException e) {
            Outcome outcome = !DECLINING.contains(e.sqlState())
                    ? Outcome.FAILED
                    : question.unanswerable() ? Outcome.RIGHTLY_DECLINED : Outcome.DECLINED;
            return Verdict.without(question, outcome, String.valueOf(e.getMessage()), since(start));
        }
        Duration planning = since(start);
        try {
            Rows rows = Rows.of(client, sql);
            Outcome outcome = question.unanswerable() ? Outcome.WRONG : compare(question, rows);
            return new Verdict(question, outcome, outcome == Outcome.WRONG ? sql : "", planning, Optional.of(rows));
        } catch (StatementFailedException e) {
            return Verdict.without(question, Outcome.FAILED, e.getMessage() + "\n" + sql, planning);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Outcome compare(GoldQuestion question, Rows rows) {
        Outcome best = Outcome.NO_GOLD;
        for (String gold : question.gold()) {
            Optional<Rows> right = gold(question.database(), gold);
            if (right.isEmpty()) {
                continue;
            }
            boolean ordered = question.ordered() && right.get().rows().size() > 1;
            if (right.get().within(rows, ordered)) {
                boolean same = right.get().width() == rows.width();
                return same ? Outcome.STRICT : Outcome.LENIENT;
            }
            best = Outcome.WRONG;
        }
        return best;
    }

    private Optional<Rows> gold(String database, String sql) {
        String text = sql.strip().replaceFirst(";\\s*$", "").replace("'", "''");
        try {
            return Optional.of(Rows.of(golds, "SELECT * FROM TABLE(" + database + ".query('" + text + "'))"));
        } catch (StatementFailedException e) {
            return goldAsJson(database, text);
        }
    }

    /** A computed decimal of PostgreSQL says no scale, and may not fit the one it is read with: as JSON it comes whole. */
    private Optional<Rows> goldAsJson(String database, String text) {
        try {
            return Optional.of(Rows.ofJson(
                    golds,
                    "SELECT * FROM TABLE(" + database + ".query('SELECT row_to_json(g)::text AS j FROM (" + text
                            + ") AS g'))"));
        } catch (StatementFailedException e) {
            return Optional.empty();
        }
    }

    private String plan(String question) {
        List<String> sql = new ArrayList<>();
        String text = question.replace("'", "''");
        try (Answer answer = client.run("SELECT property, \"value\" FROM TABLE(NL_PLAN('" + text + "'))")) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                if ("sql".equals(row.get().get(0))) {
                    sql.add(String.valueOf(row.get().get(1)));
                }
            }
        }
        return sql.get(0);
    }

    static void run(QueryClient client, String sql) {
        try (Answer answer = client.run(sql)) {
            while (answer.next().isPresent()) {
                continue;
            }
        }
    }
}
