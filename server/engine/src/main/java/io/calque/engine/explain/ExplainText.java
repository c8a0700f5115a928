package io.calque.engine.explain;

import io.calque.planner.pushdown.Residual;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** EXPLAIN as indented text. Stateless. */
final class ExplainText {
    private ExplainText() {}

    static List<String> lines(ExplainReport report) {
        List<String> lines = new ArrayList<>();
        plan(report.plan(), 0, lines);
        if (!report.residuals().isEmpty()) {
            lines.add("");
            lines.add("Done locally:");
            for (Residual residual : report.residuals()) {
                String what = residual.expression().isEmpty() ? "" : " " + residual.expression();
                lines.add("  " + residual.operator() + what + ": " + residual.reason());
            }
        }
        report.run().ifPresent(run -> {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "%d rows; planned in %.1f ms, ran in %.1f ms, held at most %d KiB",
                    run.rows(),
                    run.planMillis(),
                    run.runMillis(),
                    run.peakMemoryBytes() / 1024));
            run.consistency().forEach((source, kind) -> lines.add("  " + source + ": " + kind + " reads"));
        });
        // A text with a line break in it does not break the line that quotes it.
        lines.replaceAll(line -> line.replace("\r", "\\r").replace("\n", "\\n"));
        return lines;
    }

    private static void plan(PlanTree node, int depth, List<String> lines) {
        String indent = "  ".repeat(depth);
        StringBuilder line = new StringBuilder(indent).append(node.operator());
        if (!node.detail().isEmpty()) {
            line.append(' ').append(node.detail());
        }
        line.append("  (about ").append(Math.round(node.estimatedRows())).append(" rows");
        node.actualRows().ifPresent(rows -> line.append(", actually ").append(rows));
        line.append(')');
        lines.add(line.toString());
        node.fetch().ifPresent(fetch -> {
            fetch.text().lines().forEach(text -> lines.add(indent + "  | " + text));
            fetch.keys().ifPresent(keys -> lines.add(indent + "  : " + keys));
            fetch.parts().ifPresent(parts -> lines.add(indent + "  : " + parts));
            fetch.figures()
                    .filter(f -> f.keys().isEmpty() && f.queries().isPresent())
                    .ifPresent(
                            f -> lines.add(indent + "  = read in " + f.queries().getAsLong() + " parts"));
            fetch.figures()
                    .filter(f -> f.keys().isPresent())
                    .ifPresent(f -> lines.add(indent + "  = " + f.keys().getAsLong() + " keys in "
                            + f.queries().getAsLong() + (f.queries().getAsLong() == 1 ? " query" : " queries")
                            + (f.ranges().isEmpty() ? "" : ", " + f.ranges())
                            + (f.keptOut() == 0 ? "" : ", " + f.keptOut() + " rows kept out here")));
            fetch.figures()
                    .ifPresent(f -> lines.add(String.format(
                            Locale.ROOT,
                            "%s  = %d rows, %d KiB; source %.1f ms, waited for permit %.1f ms, reader waited %.1f ms",
                            indent,
                            f.rows(),
                            f.bytes() / 1024,
                            f.sourceMillis(),
                            f.permitWaitMillis(),
                            f.readerWaitMillis())));
        });
        node.inputs().forEach(input -> plan(input, depth + 1, lines));
    }
}
