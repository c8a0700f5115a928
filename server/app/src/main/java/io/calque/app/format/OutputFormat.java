package io.calque.app.format;

import java.io.Writer;

/** What an answer can be written as. */
public enum OutputFormat {
    TABLE,
    CSV,
    JSON,
    JSONL,
    MARKDOWN;

    /**
     * A printer for one answer.
     *
     * @param out left open
     * @param width columns of the terminal that a table must fit; 0 for no bound
     */
    public RowPrinter printer(Writer out, int width) {
        return switch (this) {
            case TABLE -> new TablePrinter(out, width);
            case CSV -> new CsvPrinter(out);
            case JSON -> new JsonPrinter(out, JsonPrinter.Framing.ARRAY);
            case JSONL -> new JsonPrinter(out, JsonPrinter.Framing.LINES);
            case MARKDOWN -> new MarkdownPrinter(out);
        };
    }
}
