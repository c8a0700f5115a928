package io.calque.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.client.AnswerColumn;
import io.calque.app.client.AnswerColumn.Alignment;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputFormatTest {
    private static final List<AnswerColumn> COLUMNS = List.of(
            new AnswerColumn("name", "VARCHAR", Alignment.LEFT),
            new AnswerColumn("price", "DECIMAL", Alignment.RIGHT),
            new AnswerColumn("name", "VARCHAR", Alignment.LEFT));

    @Test
    void writesATable() throws IOException {
        assertThat(write(OutputFormat.TABLE, 0)).isEqualTo("""
                 name           | price | name
                ----------------+-------+-----
                 Ann            |  9.90 | a|b
                 日本           | 10.00 | NULL
                 "x", \\u001b[1m |  NULL |\s
                 two\\nlines     |  0.50 | 🎵 é
                """);
    }

    @Test
    void writesCsvThatTellsNullFromEmpty() throws IOException {
        assertThat(write(OutputFormat.CSV, 0)).isEqualTo("""
                name,price,name
                Ann,9.90,a|b
                日本,10.00,
                "\""x"", \u001b[1m",,""
                "two
                lines",0.50,🎵 é
                """);
    }

    @Test
    void writesJson() throws IOException {
        assertThat(write(OutputFormat.JSON, 0)).isEqualTo("""
                [
                {"name":"Ann","price":9.90,"name_2":"a|b"},
                {"name":"日本","price":10.00,"name_2":null},
                {"name":"\\"x\\", \\u001B[1m","price":null,"name_2":""},
                {"name":"two\\nlines","price":0.50,"name_2":"🎵 é"}
                ]
                """);
        assertThat(write(OutputFormat.JSONL, 0))
                .startsWith("{\"name\":\"Ann\",\"price\":9.90,\"name_2\":\"a|b\"}\n{")
                .endsWith("}\n");
    }

    @Test
    void writesNoRows() throws IOException {
        assertThat(empty(OutputFormat.JSON)).isEqualTo("[]\n");
        assertThat(empty(OutputFormat.JSONL)).isEmpty();
        assertThat(empty(OutputFormat.CSV)).isEqualTo("name,price,name\n");
        assertThat(empty(OutputFormat.TABLE)).isEqualTo(" name | price | name\n------+-------+-----\n");
    }

    @Test
    void writesMarkdown() throws IOException {
        assertThat(write(OutputFormat.MARKDOWN, 0)).isEqualTo("""
                | name | price | name |
                | --- | ---: | --- |
                | Ann | 9.90 | a\\|b |
                | 日本 | 10.00 | NULL |
                | "x", \\u001b[1m | NULL |  |
                | two<br>lines | 0.50 | 🎵 é |
                """);
    }

    @Test
    void fitsATableIntoTheTerminal() throws IOException {
        StringWriter out = new StringWriter();
        RowPrinter printer = OutputFormat.TABLE.printer(out, 30);
        printer.start(List.of(
                new AnswerColumn("id", "INTEGER", Alignment.RIGHT),
                new AnswerColumn("text", "VARCHAR", Alignment.LEFT),
                new AnswerColumn("other", "VARCHAR", Alignment.LEFT)));
        printer.row(List.of(7, "a rather long text that does not fit", "日本日本日本日本日本日本"));
        printer.finish();

        assertThat(out.toString()).isEqualTo("""
                 id | text       | other
                ----+------------+------------
                  7 | a rather … | 日本日本日…
                """);
        assertThat(out.toString().lines()).allMatch(line -> Cell.width(line) <= 30);
    }

    @Test
    void spellsValuesAsPostgresqlDoes() {
        assertThat(ValueText.of(1.0)).isEqualTo("1");
        assertThat(ValueText.of(1.5e10)).isEqualTo("15000000000");
        assertThat(ValueText.of(1e300)).isEqualTo("1E300");
        assertThat(ValueText.of(0.1f)).isEqualTo("0.1");
        assertThat(ValueText.of(Double.NaN)).isEqualTo("NaN");
        assertThat(ValueText.of(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(ValueText.of(new byte[] {0, (byte) 255})).isEqualTo("\\x00ff");
        assertThat(ValueText.of(LocalDate.of(2024, 2, 29))).isEqualTo("2024-02-29");
        assertThat(ValueText.of(LocalDateTime.of(2024, 2, 29, 1, 2, 3, 40_000_000)))
                .isEqualTo("2024-02-29 01:02:03.04");
        assertThat(ValueText.of(OffsetDateTime.of(2024, 2, 29, 1, 2, 0, 0, ZoneOffset.ofHoursMinutes(5, 30))))
                .isEqualTo("2024-02-29 01:02:00+05:30");
        assertThat(ValueText.of(Arrays.asList(1, null, "a\"b"))).isEqualTo("[1, NULL, \"a\\\"b\"]");
    }

    private static String write(OutputFormat format, int width) throws IOException {
        StringWriter out = new StringWriter();
        RowPrinter printer = format.printer(out, width);
        printer.start(COLUMNS);
        printer.row(List.of("Ann", new BigDecimal("9.90"), "a|b"));
        printer.row(Arrays.asList("日本", new BigDecimal("10.00"), null));
        printer.row(Arrays.asList("\"x\", \u001b[1m", null, ""));
        printer.row(List.of("two\nlines", new BigDecimal("0.50"), "🎵 é"));
        printer.finish();
        return out.toString();
    }

    private static String empty(OutputFormat format) throws IOException {
        StringWriter out = new StringWriter();
        RowPrinter printer = format.printer(out, 0);
        printer.start(COLUMNS);
        printer.finish();
        return out.toString();
    }
}
