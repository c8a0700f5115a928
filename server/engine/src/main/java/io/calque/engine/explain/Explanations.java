package io.calque.engine.explain;

import io.calque.engine.prepare.Statement.Format;
import java.util.List;

/** Writes a report in the format asked for. Stateless. */
public final class Explanations {
    private Explanations() {}

    /** One result row a line; JSON is one row. */
    public static List<String> write(ExplainReport report, Format format) {
        return switch (format) {
            case TEXT -> ExplainText.lines(report);
            case JSON -> List.of(ExplainJson.text(report));
            case DOT -> ExplainGraph.dot(report.plan());
            case MERMAID -> ExplainGraph.mermaid(report.plan());
        };
    }
}
