package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.cli.ExitCode;
import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReader;
import io.calque.app.deployment.Deployment;
import io.calque.testkit.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text without a statement is a syntax error, whichever door it comes through. */
@Timeout(120)
final class EmptyStatementIT {
    private static final Main MAIN = new Main(Clock.systemUTC());

    @TempDir
    private static Path directory;

    private static Path config;
    private static LocalDeployment deployment;
    private static Deployment.Endpoint endpoint;
    private static String address;

    @BeforeAll
    static void serve() throws Exception {
        config = Files.writeString(
                directory.resolve("calque.yaml"),
                "server: {port: 0}\nsources: {shop: {kind: sqlite, url: '"
                        + TestServers.newSqliteFile().jdbcUrl() + "'}}\n");
        Configuration configuration = new ConfigurationReader(MAIN.kinds(), Map.of()).read(config);
        deployment = MAIN.open(configuration);
        endpoint = deployment.serve(configuration.server());
        address = endpoint.jdbcUrl().replaceAll("jdbc:calque://([^/]+)/.*", "$1");
    }

    @AfterAll
    static void stop() {
        endpoint.close();
        deployment.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", ";", " ; ; ", "-- nothing", "/* nothing */", "/* a */ ; -- b"})
    void isASyntaxErrorEverywhere(String sql) throws Exception {
        refusedBy("jdbc:calque://" + address + "/", sql);
        refusedBy("jdbc:calque:file:" + config, sql);
        for (String serialization : List.of("PROTOBUF", "JSON")) {
            String url = "jdbc:avatica:remote:url=http://" + address + "/;serialization=" + serialization;
            try (Connection connection =
                    new org.apache.calcite.avatica.remote.Driver().connect(url, new Properties())) {
                refused(connection, sql);
            }
        }
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/v1/sql"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"sql\": \""
                                        + sql.replace("\n", "\\n").replace("\t", "\\t") + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"sqlstate\":\"42601\"").contains("The statement is empty");

        for (String command : List.of("sql", "explain")) {
            CliRun ended = CliRun.in(directory, command, "--", sql);
            assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.error()).contains("The statement is empty").contains("SQLSTATE: 42601");
        }
    }

    private static void refusedBy(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            refused(connection, sql);
        }
    }

    private static void refused(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            refused(() -> statement.execute(sql));
            refused(() -> statement.executeQuery(sql));
            refused(() -> statement.executeUpdate(sql));
            refused(() -> connection.prepareStatement(sql).executeQuery());
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasStackTraceContaining("The statement is empty")
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"));
    }
}
