package io.calque.app.terminal;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import io.calque.app.client.CatalogQueries;
import io.calque.app.client.CatalogQueries.ColumnLine;
import io.calque.app.client.CatalogQueries.SourceLine;
import io.calque.app.client.CatalogQueries.TableDetails;
import io.calque.app.client.CatalogQueries.TableLine;
import io.calque.app.format.OutputFormat;
import io.calque.app.format.RowPrinter;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists sources and tables, and describes one. Single-threaded. */
public final class CatalogPrinter {
    private final CatalogQueries catalog;
    private final OutputFormat format;
    private final Writer out;
    private final int width;

    /** @param width as {@link OutputFormat#printer} */
    public CatalogPrinter(CatalogQueries catalog, OutputFormat format, Writer out, int width) {
        this.catalog = catalog;
        this.format = format;
        this.out = out;
        this.width = width;
    }

    public void sources() throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (SourceLine source : catalog.sources()) {
            rows.add(Arrays.asList(
                    source.name(),
                    source.kind(),
                    source.status(),
                    source.tables(),
                    source.age().map(CatalogPrinter::readable).orElse(null),
                    source.product(),
                    source.lastError().orElse(null)));
        }
        boolean failing = rows.stream().anyMatch(row -> row.get(6) != null);
        List<AnswerColumn> columns = List.of(
                left("source"),
                left("kind"),
                left("status"),
                right("tables"),
                right("age"),
                left("product"),
                left("last_error"));
        // a column that only says NULL would be the widest thing a healthy listing shows
        int shown = failing || format != OutputFormat.TABLE ? columns.size() : columns.size() - 1;
        print(
                columns.subList(0, shown),
                rows.stream().map(row -> row.subList(0, shown)).toList());
    }

    /** How old what is known of a source is, in its largest unit. */
    private static String readable(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1
                ? age.toHours() + " h"
                : age.toMinutes() > 1 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }

    /** @param pattern {@code *} and {@code %} stand for any text; matched against the name with and without its qualifiers */
    public void tables(String pattern) throws IOException {
        listing(catalog.tables().stream().filter(table -> matches(pattern, table)));
    }

    public void views(String pattern) throws IOException {
        listing(catalog.views().stream().filter(table -> matches(pattern, table)));
    }

    /** @param name one to three parts */
    public void describe(String name) throws IOException {
        TableDetails details = catalog.describe(catalog.find(name));
        if (format == OutputFormat.TABLE) {
            TableLine table = details.table();
            out.append(table.kind()).append(' ').append(table.fullName());
            out.append(table.rows()
                    .map(rows -> " (about " + RowCount.of(rows) + ")")
                    .orElse(""));
            out.append('\n');
        }
        boolean commented =
                details.columns().stream().anyMatch(column -> !column.comment().isEmpty());
        List<AnswerColumn> columns =
                List.of(left("column"), left("type"), left("native_type"), left("nullable"), left("comment"));
        int shown = commented || format != OutputFormat.TABLE ? columns.size() : columns.size() - 1;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ColumnLine column : details.columns()) {
            rows.add(List.<@Nullable Object>of(
                            column.name(),
                            column.type(),
                            column.nativeType(),
                            column.nullable() ? "yes" : "no",
                            column.comment())
                    .subList(0, shown));
        }
        print(columns.subList(0, shown), rows);
        if (format == OutputFormat.TABLE) {
            paragraph("keys", details.keys());
            paragraph("foreign keys", details.foreignKeys());
            paragraph("indexes", details.indexes());
            out.flush();
        }
    }

    private void paragraph(String title, List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        out.append(title).append(":\n");
        for (String line : lines) {
            out.append("  ").append(line).append('\n');
        }
    }

    private void listing(Stream<TableLine> tables) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        tables.forEach(table -> rows.add(Arrays.asList(
                table.source(),
                table.schema(),
                table.name(),
                table.kind(),
                table.columns().orElse(null),
                table.rows().orElse(null))));
        print(
                List.of(left("source"), left("schema"), left("table"), left("kind"), right("columns"), right("rows")),
                rows);
    }

    private void print(List<AnswerColumn> columns, List<List<@Nullable Object>> rows) throws IOException {
        RowPrinter printer = format.printer(out, width);
        printer.start(columns);
        for (List<@Nullable Object> row : rows) {
            printer.row(row);
        }
        printer.finish();
        out.flush();
    }

    private static boolean matches(String pattern, TableLine table) {
        String expression = Arrays.stream(pattern.toLowerCase(Locale.ROOT).split("[*%]", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Stream.of(table.name(), table.shortName(), table.fullName())
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).matches(expression));
    }

    private static AnswerColumn left(String label) {
        return new AnswerColumn(label, "VARCHAR", Alignment.LEFT);
    }

    private static AnswerColumn right(String label) {
        return new AnswerColumn(label, "BIGINT", Alignment.RIGHT);
    }
}
