package io.calque.app.format;

import io.calque.app.client.AnswerColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with a header line and Unix line ends; NULL is an empty field, an empty text is {@code ""}. */
final class CsvPrinter implements RowPrinter {
    private final Writer out;

    CsvPrinter(Writer out) {
        this.out = out;
    }

    @Override
    public void start(List<AnswerColumn> columns) throws IOException {
        writeLine(columns.stream().map(column -> quoted(column.label())).toList());
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        writeLine(values.stream()
                .map(value -> value == null ? "" : quoted(ValueText.of(value)))
                .toList());
    }

    @Override
    public void finish() {}

    private void writeLine(List<String> fields) throws IOException {
        out.write(String.join(",", fields));
        out.write('\n');
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
