package io.calque.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CliTest {
    private final SqliteDeployments deployments = new SqliteDeployments();

    @TempDir
    private Path directory;

    @BeforeEach
    void configureOneSource() throws IOException {
        Files.writeString(
                directory.resolve("calque.yaml"), "sources: {a: {kind: sqlite, url: 'jdbc:sqlite::memory:'}}\n");
    }

    @Test
    void printsRowsAndNothingElseOnStdout() {
        Ended ended = run("", "sql", "select 1 as one, 'x' as two; select null as n");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo(" one | two\n-----+----\n   1 | x\n    n\n-----\n NULL\n");
        assertThat(ended.error()).isEqualTo("introspecting a (first use)\n");
        assertThat(run("", "sql", "select 1").error()).isEmpty();
    }

    @Test
    void readsStatementsFromStdinAndFiles() throws IOException {
        Files.writeString(directory.resolve("q.sql"), "-- a comment\nselect 2 as n;\n");

        assertThat(run("select 1 as n;", "sql", "--format", "csv").out()).isEqualTo("n\n1\n");
        assertThat(run("", "sql", "--format=jsonl", "-f", "q.sql").out()).isEqualTo("{\"n\":2}\n");
        assertThat(run("select 3 as n", "sql", "--format", "CSV", "-f", "-").out())
                .isEqualTo("n\n3\n");
        assertThat(run("", "sql").code()).isZero();
    }

    @Test
    void stopsAtTheFirstFailureWithCodeOne() {
        Ended ended = run("", "sql", "--format", "csv", "select 1 as n; select * from nowhere; select 2 as n");

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.out()).isEqualTo("n\n1\n");
        assertThat(ended.error())
                .contains("error: ")
                .contains("no such table: nowhere")
                .contains("SQLSTATE: ");
    }

    @Test
    void tellsUsageErrorsWithCodeTwo() {
        assertThat(run("", "sql", "--format", "xml", "select 1"))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(ExitCode.USAGE))
                .satisfies(ended -> assertThat(ended.error()).contains("error: Invalid value for option '--format'"));
        assertThat(run("", "sgl").error()).contains("Did you mean 'sql'?");
        assertThat(run("", "sql", "-f", "nope.sql").error()).contains("does not exist");
        assertThat(run("", "sql", "--url", "jdbc:x:", "--config", "c", "select 1")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsAWrongConfigurationWithItsPlace() throws IOException {
        Files.writeString(directory.resolve("calque.yaml"), "sources:\n  a: {kind: sqlit, url: x}\n");

        Ended ended = run("", "sql", "select 1");

        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.error())
                .contains("calque.yaml:2:13: unknown source kind 'sqlit'")
                .contains("Did you mean 'sqlite'?");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void asksAServerByItsUrl() {
        Ended ended = run("", "sql", "--url", "jdbc:sqlite::memory:", "--format", "csv", "select 5 as n");

        assertThat(ended.out()).isEqualTo("n\n5\n");
        assertThat(deployments.introspected).isEmpty();
        assertThat(run("", "sql", "--url", "jdbc:nothing:", "select 1").code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void endsQuietlyWhenTheReaderGoesAway() {
        Writer closed = new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void close() {}
        };
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        int code = new Cli(invocation("", closed, error), deployments).run(List.of("sql", "select 1"));

        assertThat(code).isEqualTo(ExitCode.BROKEN_PIPE);
        assertThat(error.toString(StandardCharsets.UTF_8)).doesNotContain("error");
    }

    @Test
    void introspectsNamedSources() throws IOException {
        Files.writeString(
                directory.resolve("calque.yaml"),
                "sources:\n  a: {kind: sqlite, url: x}\n  b: {kind: broken, url: y}\n");

        Ended all = run("", "introspect", "--format", "csv");
        assertThat(all.code()).isEqualTo(ExitCode.FAILED);
        assertThat(all.out()).isEqualTo("source,tables,milliseconds,status\na,3,12,ok\nb,0,12,failed\n");
        assertThat(all.error())
                .contains("warning: a: field x left out")
                .contains("error: Source 'b' cannot be reached");

        assertThat(run("", "introspect", "a").code()).isZero();
        assertThat(run("", "introspect", "c").error()).contains("No source is called 'c'; configured: a, b.");
    }

    @Test
    void showsHelpAndVersionOnStdout() {
        assertThat(run("", "--help").out())
                .contains("sql")
                .contains("introspect")
                .contains("serve");
        assertThat(run("", "sql", "--help").out()).contains("--format").contains("Several statements");
        assertThat(run("", "help", "sql").out()).contains("--no-truncate");
        assertThat(run("", "version").out()).startsWith("calque ");
        assertThat(run("", "--version").out()).startsWith("calque ");
    }

    private Ended run(String in, String... arguments) {
        StringWriter out = new StringWriter();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        int code = new Cli(invocation(in, out, error), deployments).run(List.of(arguments));
        return new Ended(code, out.toString(), error.toString(StandardCharsets.UTF_8));
    }

    private Invocation invocation(String in, Writer out, ByteArrayOutputStream error) {
        return new Invocation(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(error, true, StandardCharsets.UTF_8),
                Invocation.Terminals.NONE,
                new Interruption(),
                Map.of(),
                directory);
    }

    private record Ended(int code, String out, String error) {}
}
