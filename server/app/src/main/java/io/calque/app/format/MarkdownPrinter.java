package io.calque.app.format;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table as GitHub's Markdown writes it. */
final class MarkdownPrinter implements RowPrinter {
    private final Writer out;

    MarkdownPrinter(Writer out) {
        this.out = out;
    }

    @Override
    public void start(List<AnswerColumn> columns) throws IOException {
        writeLine(columns.stream().map(column -> escaped(column.label())).toList());
        writeLine(columns.stream()
                .map(column -> column.alignment() == Alignment.RIGHT ? "---:" : "---")
                .toList());
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        writeLine(values.stream().map(value -> escaped(ValueText.of(value))).toList());
    }

    @Override
    public void finish() {}

    private void writeLine(List<String> cells) throws IOException {
        out.write(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String escaped(String text) {
        String broken = text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\R", "<br>");
        return Cell.oneLine(broken);
    }
}
