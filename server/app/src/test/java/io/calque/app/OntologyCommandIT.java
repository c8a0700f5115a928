package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReader;
import io.calque.app.config.ServerSettings;
import io.calque.app.deployment.Deployment;
import io.calque.embedded.SqliteFile;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code calque ontology} on a registry that introspection filled. */
final class OntologyCommandIT {
    private static final String WORDS = """
            terms:
              - name: big sale
                table: sale
                where: amount > 10
            metrics:
              - name: revenue
                table: sale
                sql: SUM(amount)
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void introspect() throws IOException, SQLException {
        SqliteFile file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE sale (id INTEGER PRIMARY KEY, amount INTEGER, cust_no INTEGER)");
            statement.executeUpdate("INSERT INTO sale VALUES (1, 5, 1), (2, 20, 1), (3, 30, 2)");
        }
        Files.writeString(
                directory.resolve("calque.yaml"), "sources: {shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}}\n");
        assertThat(run("introspect").code()).isZero();
    }

    @Test
    void importsChecksAndExports() throws IOException {
        Files.writeString(directory.resolve("words.yaml"), WORDS);
        assertThat(run("ontology", "check", "words.yaml").out()).isEqualTo("ok\n");
        assertThat(run("ontology", "import", "words.yaml").out()).startsWith("2 entries, 2 changes");
        assertThat(run("ontology", "import", "words.yaml").out()).isEqualTo("nothing new\n");
        CliRun exported = run("ontology", "export");
        assertThat(exported.out()).contains("where: amount > 10");
        Files.writeString(directory.resolve("again.yaml"), exported.out());
        assertThat(run("ontology", "import", "again.yaml").out()).isEqualTo("nothing new\n");
        Files.writeString(
                directory.resolve("osi.yaml"),
                run("ontology", "export", "--osi").out());
        assertThat(run("ontology", "import", "osi.yaml").out()).isEqualTo("nothing new\n");
    }

    @Test
    void importsNothingOfAFileWithAMistake() throws IOException {
        Files.writeString(directory.resolve("words.yaml"), WORDS.replace("SUM(amount)", "SUM(amuont)"));
        CliRun run = run("ontology", "import", "words.yaml");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.error())
                .contains("words.yaml:8:10: table shop.main.sale has no column 'amuont'; did you mean 'amount'?");
        assertThat(run("ontology", "export").out()).isEqualTo("terms: []\n");
    }

    @Test
    void answersInTheWordsOfTheOntology() throws IOException {
        Files.writeString(directory.resolve("words.yaml"), WORDS + """
              - name: revenue
                roles: [auditor]
                table: sale
                sql: COUNT(*)
            """);
        assertThat(run("ontology", "import", "words.yaml").code()).isZero();
        CliRun big = run("ask", "--format", "csv", "How many big sales are there?");
        assertThat(big.error())
                .contains("Read:        'big sales' is term 'big sale': shop.main.sale where amount > 10");
        assertThat(big.out()).endsWith("\n2\n");
        assertThat(run("ask", "--format", "csv", "What is our revenue?").out()).endsWith("\n55\n");
        assertThat(run("ask", "--format", "csv", "--role", "auditor", "What is our revenue?")
                        .out())
                .endsWith("\n3\n");
    }

    @Test
    void measuresAMetricInPlainSql() throws IOException {
        Files.writeString(directory.resolve("words.yaml"), WORDS);
        assertThat(run("ontology", "import", "words.yaml").code()).isZero();
        assertThat(run(
                                "sql",
                                "--format",
                                "csv",
                                "SELECT cust_no, MEASURE(revenue) AS r FROM shop.sale GROUP BY cust_no ORDER BY 1")
                        .out())
                .isEqualTo("cust_no,r\n1,25\n2,30\n");
        assertThat(run("sql", "--format", "csv", "SELECT MEASURE(revenue), MEASURE(revenue) / 5 FROM shop.sale")
                        .out())
                .isEqualTo("revenue,?column?\n55,11.0000000000000000\n");
        assertThat(run("sql", "CREATE VIEW earned AS SELECT MEASURE(revenue) AS r FROM shop.sale")
                        .code())
                .isZero();
        assertThat(run("sql", "--format", "csv", "SELECT r, definition FROM earned, system.views")
                        .out())
                .isEqualTo("r,definition\n55,SELECT ((SUM(amount))) AS r FROM shop.sale\n");
        CliRun unknown = run("sql", "SELECT MEASURE(revenu) FROM shop.sale");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.error()).contains("No metric 'revenu' in the ontology. Did you mean 'revenue'?");
    }

    @Test
    void teachesThroughAServerAsItsUser() {
        Configuration configuration = new ConfigurationReader(new Main(Clock.systemUTC()).kinds(), Map.of())
                .read(directory.resolve("calque.yaml"));
        try (OpenDeployment open = OpenDeployment.of(configuration);
                Deployment.Endpoint endpoint = open.deployment().serve(ServerSettings.DEFAULT.withPort(0))) {
            String url = endpoint.jdbcUrl();
            CliRun taught = run(
                    "teach",
                    "--url",
                    url,
                    "--user",
                    "ann",
                    "Who are our VIP buyers?",
                    "--sql",
                    "SELECT cust_no FROM shop.sale WHERE amount > 25;");
            assertThat(taught.error()).isEmpty();
            assertThat(taught.out()).contains("scan shop.main.sale").endsWith("Taught:      Who are our VIP buyers?\n");
            CliRun asked = run("ask", "--url", url, "--format", "csv", "Show me all VIP buyers.");
            assertThat(asked.error()).contains("Read:        verified 'Who are our VIP buyers?', taught by ");
            assertThat(asked.out()).endsWith("\n2\n");
            assertThat(run("teach", "--url", url, "--role", "auditor", "How many sales are there?")
                            .error())
                    .isEmpty();
            assertThat(open.catalog().ontology().verified())
                    .extracting(v -> v.question() + " " + v.roles())
                    .containsExactly("Who are our VIP buyers? []", "How many sales are there? [auditor]");

            assertThat(run("teach", "--url", url, "--author", "eve", "How many sales are there?")
                            .error())
                    .contains("A server knows who teaches: give --user instead of --author");
            assertThat(run("teach", "--url", url, "Wherefore art thou?").error())
                    .contains("NL001");
            assertThat(run("teach", "--url", url, "How many sales are there?", "--sql", "SELECT amuont FROM sale")
                            .error())
                    .contains("Did you mean 'amount'?");
            assertThat(run("teach", "--url", url, "How many sales are there?", "--sql", "SELEC id FROM sale")
                            .error())
                    .contains("No statement begins with 'SELEC'. Did you mean SELECT?");
            assertThat(run("teach", "--url", url, "How many sales are there?", "--sql", "SHOW tables")
                            .error())
                    .contains("PLAN_OF takes a query");
            assertThat(run("teach", "--url", url, "--forget", "Who are our VIP buyers?")
                            .code())
                    .isZero();
            assertThat(run("teach", "--url", url, "--forget", "Who are our VIP buyers?")
                            .error())
                    .contains("Nothing was taught of 'Who are our VIP buyers?'");
            assertThat(run("ask", "--url", url, "Show me all VIP buyers.").code())
                    .isEqualTo(1);
        }
    }

    @Test
    void answersAsItWasTaught() {
        assertThat(run("ask", "Who are our VIP buyers?").code()).isEqualTo(1);
        CliRun taught = run(
                "teach",
                "Who are our VIP buyers?",
                "--author",
                "ann",
                "--sql",
                "SELECT cust_no FROM shop.sale WHERE amount > 25");
        assertThat(taught.error()).isEmpty();
        CliRun asked = run("ask", "--format", "csv", "Show me all VIP buyers.");
        assertThat(asked.error()).contains("Read:        verified 'Who are our VIP buyers?', taught by ann");
        assertThat(asked.out()).endsWith("\n2\n");
        assertThat(run("teach", "--forget", "Who are our VIP buyers?").code()).isZero();
        assertThat(run("ask", "Show me all VIP buyers.").code()).isEqualTo(1);
    }

    @Test
    void searchesForWhatWordsName() {
        assertThat(run("search", "sale amounts").out())
                .startsWith("shop  needed,")
                .contains("table shop.main.sale");
        assertThat(run("sql", "SELECT * FROM TABLE(NL_CONTEXT('xyzzy'))", "--format", "csv")
                        .out())
                .isEqualTo("kind,element,source,words,score\n");
    }

    @Test
    void suggestsTheWordsBehindAbbreviations() {
        assertThat(run("ontology", "suggest").out()).contains("name: customer number");
    }

    private CliRun run(String... arguments) {
        return CliRun.in(directory, arguments);
    }
}
