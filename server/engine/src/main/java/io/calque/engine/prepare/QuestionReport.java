package io.calque.engine.prepare;

import io.calque.spi.SourceId;
import io.calque.spi.question.AnsweredQuestion;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.SourceNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How a question was understood, as the query whose rows {@code NL_PLAN('...')} gives: a property and its value a row. Stateless. */
final class QuestionReport {
    private QuestionReport() {}

    /** @param size about how many rows the answer has, after a dry run */
    static String sql(AnsweredQuestion answer, OptionalDouble size) {
        List<String> rows = new ArrayList<>();
        add(rows, "interpretation", answer.interpretation());
        add(rows, "confidence", String.format(Locale.ROOT, "%.2f", answer.confidence()));
        add(
                rows,
                "sources",
                String.join(", ", answer.sources().stream().map(SourceId::value).toList()));
        size.ifPresent(n -> add(rows, "rows", String.format(Locale.ROOT, "about %.0f", Math.max(1, n))));
        answer.evidence().forEach(evidence -> add(rows, "evidence", evidence));
        answer.assumptions().forEach(assumption -> add(rows, "assumption", assumption));
        add(rows, "steps", answer.told().steps());
        add(rows, "diagram", answer.told().tree());
        add(rows, "dot", answer.told().dot());
        add(rows, "mermaid", answer.told().mermaid());
        add(rows, "sql", answer.sql());
        add(rows, "plan", answer.plan());
        return "SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS report(property, \"value\")";
    }

    /** An element of the catalog a row, best first. */
    static String context(List<SchemaMatch> matches) {
        List<String> rows = matches.stream()
                .map(m -> "(" + text(m.kind()) + ", " + text(m.element()) + ", "
                        + text(m.source().value()) + ", " + text(m.words()) + ", " + score(m.score()) + ")")
                .toList();
        return rows(rows, "('', '', '', '', " + score(0) + ")", "kind, element, source, words, score");
    }

    /** A source a row, best first. */
    static String sources(List<SourceNeed> needs) {
        List<String> rows = needs.stream()
                .map(n -> "(" + text(n.source().value()) + ", " + (n.needed() ? "TRUE" : "FALSE") + ", "
                        + score(n.score()) + ", " + text(String.join("; ", n.evidence())) + ")")
                .toList();
        return rows(rows, "('', FALSE, " + score(0) + ", '')", "source, is_needed, score, evidence");
    }

    private static String rows(List<String> rows, String none, String columns) {
        String values = rows.isEmpty() ? none : String.join(", ", rows);
        return "SELECT * FROM (VALUES " + values + ") AS report(" + columns + ")"
                + (rows.isEmpty() ? " WHERE FALSE" : "");
    }

    private static String score(double score) {
        return "CAST(" + String.format(Locale.ROOT, "%.3f", score) + " AS DOUBLE)";
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static void add(List<String> rows, String property, String value) {
        rows.add("('" + property + "', '" + value.replace("'", "''") + "')");
    }
}
