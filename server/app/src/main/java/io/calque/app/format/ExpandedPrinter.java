package io.calque.app.format;

import io.calque.app.client.AnswerColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line a value, for rows too wide to read side by side. */
public final class ExpandedPrinter implements RowPrinter {
    private final Writer out;
    private List<String> labels = List.of();
    private long rows;

    public ExpandedPrinter(Writer out) {
        this.out = out;
    }

    @Override
    public void start(List<AnswerColumn> columns) {
        labels = columns.stream().map(column -> Cell.oneLine(column.label())).toList();
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        rows++;
        int width = labels.stream().mapToInt(Cell::width).max().orElse(0);
        out.append("-[ row ")
                .append(Long.toString(rows))
                .append(" ]")
                .append("-".repeat(20))
                .append('\n');
        for (int i = 0; i < labels.size(); i++) {
            out.append(labels.get(i))
                    .append(" ".repeat(width - Cell.width(labels.get(i))))
                    .append(" | ")
                    .append(Cell.oneLine(ValueText.of(values.get(i))))
                    .append('\n');
        }
    }

    @Override
    public void finish() {}
}
