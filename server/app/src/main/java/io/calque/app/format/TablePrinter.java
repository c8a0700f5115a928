package io.calque.app.format;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns under their labels. Widths come from the first rows, so that memory stays bounded; a later, wider value is cut
 * where the terminal sets a bound and juts out where nothing does.
 */
final class TablePrinter implements RowPrinter {
    private static final int MEASURED_ROWS = 1000;

    private final Writer out;
    private final int terminalWidth;
    private final List<List<String>> held = new ArrayList<>();
    private List<AnswerColumn> columns = List.of();
    private int[] widths = new int[0];
    private boolean measured;

    TablePrinter(Writer out, int terminalWidth) {
        this.out = out;
        this.terminalWidth = terminalWidth;
    }

    @Override
    public void start(List<AnswerColumn> answerColumns) {
        columns = List.copyOf(answerColumns);
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        List<String> cells =
                values.stream().map(value -> Cell.oneLine(ValueText.of(value))).toList();
        if (measured) {
            writeRow(cells);
            return;
        }
        held.add(cells);
        if (held.size() == MEASURED_ROWS) {
            writeHeld();
        }
    }

    @Override
    public void finish() throws IOException {
        if (!measured) {
            writeHeld();
        }
    }

    private void writeHeld() throws IOException {
        measured = true;
        List<String> labels =
                columns.stream().map(column -> Cell.oneLine(column.label())).toList();
        int[] wanted = new int[columns.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = Math.max(1, Cell.width(labels.get(i)));
            for (List<String> row : held) {
                wanted[i] = Math.max(wanted[i], Cell.width(row.get(i)));
            }
        }
        int between = " ".length() + " | ".length() * Math.max(0, wanted.length - 1);
        widths = ColumnWidths.fit(wanted, terminalWidth, between);
        writeRow(labels);
        writeRule();
        for (List<String> row : held) {
            writeRow(row);
        }
        held.clear();
    }

    private void writeRule() throws IOException {
        for (int i = 0; i < widths.length; i++) {
            out.write(i == 0 ? "-" : "+-");
            out.write("-".repeat(widths[i] + (i == widths.length - 1 ? 0 : 1)));
        }
        out.write('\n');
    }

    private void writeRow(List<String> cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? " " : " | ");
            String cell = terminalWidth == 0 ? cells.get(i) : Cell.cut(cells.get(i), widths[i]);
            String blanks = " ".repeat(Math.max(0, widths[i] - Cell.width(cell)));
            if (columns.get(i).alignment() == Alignment.RIGHT) {
                line.append(blanks).append(cell);
            } else if (i == cells.size() - 1) {
                line.append(cell);
            } else {
                line.append(cell).append(blanks);
            }
        }
        out.append(line).append('\n');
    }
}
