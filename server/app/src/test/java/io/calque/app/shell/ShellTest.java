package io.calque.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.client.CatalogQueries;
import io.calque.app.format.OutputFormat;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final List<String> failures = new ArrayList<>();
    private FakeCatalogClient client;

    @BeforeEach
    void openClient() throws SQLException {
        client = new FakeCatalogClient();
    }

    @Test
    void runsTypedStatementsOverSeveralLines() throws IOException {
        assertThat(typed("select 1 as one,\n  ';' as two;\n\\q\n")).contains("calque> ", " one | two", "(1 row, ");
        assertThat(Files.readString(directory.resolve("history"))).contains("select 1 as one");
    }

    @Test
    void leavesAtTheEndOfTheInput() throws IOException {
        assertThat(typed("select 2 as two;\n")).contains(" two");
    }

    @Test
    void feedsAScriptWithoutPrompts() throws IOException {
        assertThat(feed("\\timing\nselect 1 as n;\nselect\n 2 as n; select 3 as n"))
                .isEqualTo("""
                Timing is off.
                 n
                --
                 1
                (1 row)
                 n
                --
                 2
                (1 row)
                 n
                --
                 3
                (1 row)
                """);
        assertThat(failures).isEmpty();
    }

    @Test
    void tellsFailuresAndGoesOn() throws IOException {
        String shown = feed("select * from nowhere;\nselect 7 as n;");

        assertThat(failures.get(0)).startsWith("error: ").contains("nowhere");
        assertThat(failures.get(1)).startsWith("SQLSTATE: ");
        assertThat(shown).contains(" 7");
    }

    @Test
    void listsAndDescribes() throws IOException {
        assertThat(feed("\\dt cust*")).isEqualTo("""
                 source | schema | table    | kind        | columns | rows
                --------+--------+----------+-------------+---------+-----
                 crm    | public | customer | table       |       2 |   59
                 music  | music  | customer | child table |       1 | NULL
                """);
        assertThat(feed("\\dv")).contains("calque | views  | top_customers | view");
        assertThat(feed("\\ds"))
                .contains(
                        "crm    | postgresql | ok     |      1 | 7 s | PostgreSQL 18",
                        "music  | mongodb    | ok     |      2 | 2 h | MongoDB 7");
        assertThat(feed("\\d crm.customer")).isEqualTo("""
                table crm.public.customer (about 59 rows)
                 column      | type    | native_type | nullable
                -------------+---------+-------------+---------
                 customer_id | INTEGER | int4        | no
                 name        | VARCHAR | text        | yes
                keys:
                  primary key (customer_id)
                indexes:
                  pk btree unique (customer_id)
                """);
    }

    @Test
    void namesTheChoicesForAnAmbiguousOrUnknownTable() throws IOException {
        feed("\\d customer\n\\d artist\n\\d nothing_alike");

        assertThat(failures)
                .containsExactly(
                        "error: 'customer' may be crm.public.customer or music.music.customer",
                        "error: No table is called 'artist'. Did you mean 'artists'?",
                        "error: No table is called 'nothing_alike'.");
    }

    @Test
    void changesHowAnswersLook() throws IOException {
        assertThat(feed("\\format csv\nselect 1 as n;")).contains("Format is csv.", "n\n1\n");
        assertThat(feed("\\x\nselect 1 as n, 'a' as name;")).contains("-[ row 1 ]", "n    | 1\nname | a\n");
        feed("\\format xml\n\\nope");
        assertThat(failures.get(0)).contains("table, csv, json, jsonl, markdown");
        assertThat(failures.get(1)).contains("there is no command \\nope");
    }

    @Test
    void runsAFile() throws IOException {
        Files.writeString(directory.resolve("q.sql"), "select 41 + 1 as answer;");

        assertThat(feed("\\i q.sql")).contains("answer", "42");
        feed("\\i missing.sql");
        assertThat(failures.get(0)).contains("missing.sql does not exist");
    }

    @Test
    void completesFromTheCatalog() throws IOException {
        assertThat(completions("SEL")).containsExactly("SELECT");
        assertThat(completions("select * from cr")).containsExactly("crm", "crm.customer", "crm.public.customer");
        assertThat(completions("select c.na|me from crm.customer c")).containsExactly("c.name");
        assertThat(completions("select cust| from crm.customer")).contains("customer_id");
        assertThat(completions("\\d artis")).containsExactly("artists");
        assertThat(completions("\\format j")).containsExactly("json", "jsonl");
        assertThat(completions("\\ti")).containsExactly("\\timing");
    }

    private List<String> completions(String typed) throws IOException {
        int cursor = typed.indexOf('|') < 0 ? typed.length() : typed.indexOf('|');
        try (Terminal terminal = terminal("")) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            ParsedLine line = new StatementParser().parse(typed.replace("|", ""), cursor, ParseContext.COMPLETE);
            List<Candidate> candidates = new ArrayList<>();
            new NameCompleter(new CatalogQueries(client)).complete(reader, line, candidates);
            return candidates.stream().map(Candidate::value).distinct().toList();
        }
    }

    private String typed(String keys) throws IOException {
        try (Terminal terminal = terminal(keys)) {
            shell(terminal).run();
        }
        return screen.toString(StandardCharsets.UTF_8);
    }

    private String feed(String script) throws IOException {
        screen.reset();
        try (Terminal terminal = terminal("")) {
            shell(terminal).feed(new BufferedReader(new StringReader(script)));
        }
        return screen.toString(StandardCharsets.UTF_8);
    }

    private Shell shell(Terminal terminal) {
        ShellOptions options = new ShellOptions(
                OutputFormat.TABLE,
                ShellOptions.Fit.TRUNCATE,
                Optional.of(directory.resolve("history")),
                directory,
                Map.of());
        return new Shell(terminal, client, options, failures::add);
    }

    private Terminal terminal(String keys) throws IOException {
        return new DumbTerminal(
                "test",
                Terminal.TYPE_DUMB,
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8);
    }
}
