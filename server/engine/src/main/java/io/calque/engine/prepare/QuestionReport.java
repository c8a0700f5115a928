package io.calque.engine.prepare;

import io.calque.spi.SourceId;
import io.calque.spi.question.AnsweredQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a question was understood, as the query whose rows {@code NL_PLAN('...')} gives: a property and its value a row. Stateless. */
final class QuestionReport {
    private QuestionReport() {}

    static String sql(AnsweredQuestion answer) {
        List<String> rows = new ArrayList<>();
        add(rows, "interpretation", answer.interpretation());
        add(rows, "confidence", String.format(Locale.ROOT, "%.2f", answer.confidence()));
        add(
                rows,
                "sources",
                String.join(", ", answer.sources().stream().map(SourceId::value).toList()));
        answer.evidence().forEach(evidence -> add(rows, "evidence", evidence));
        answer.assumptions().forEach(assumption -> add(rows, "assumption", assumption));
        add(rows, "diagram", answer.diagram());
        add(rows, "sql", answer.sql());
        add(rows, "plan", answer.plan());
        return "SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS report(property, \"value\")";
    }

    private static void add(List<String> rows, String property, String value) {
        rows.add("('" + property + "', '" + value.replace("'", "''") + "')");
    }
}
