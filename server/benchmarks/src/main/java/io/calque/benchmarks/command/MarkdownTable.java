package io.calque.benchmarks.command;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A table whose lines appear as they come, so that a long measurement shows how far it is. Single-threaded. */
final class MarkdownTable {
    private final Writer out;

    MarkdownTable(Writer out, List<String> columns) throws IOException {
        this.out = out;
        row(columns);
        row(columns.stream().map(column -> "---").toList());
    }

    void row(List<String> cells) throws IOException {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
        out.flush();
    }
}
