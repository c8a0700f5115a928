package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.calque.app.auth.Account;
import io.calque.app.auth.AccountAuthenticator;
import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedAnswer;
import io.calque.app.fake.ScriptedEngine;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endpoint beside the Avatica protocol: SQL over HTTP, limits, who may come in. */
@Timeout(60)
class HttpServerTest {
    private final ScriptedEngine engine = new ScriptedEngine();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server = HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), engine, Authenticator.open());

    @AfterEach
    void stop() {
        server.close();
        assertThat(engine.openRuns()).isZero();
        assertThat(engine.openSessions()).isZero();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private void restart(HttpServerConfig config, Authenticator authenticator) {
        server.close();
        server = HttpServer.start(config, engine, authenticator);
    }

    @Test
    void streamsRowsAsJsonLines() throws Exception {
        engine.answer(
                "q",
                ScriptedAnswer.of(
                                List.of(DataType.BIGINT, DataType.decimal(10, 2), DataType.DATE, DataType.DOUBLE),
                                Arrays.asList(1L, new BigDecimal("0.10"), 19_792L, Double.NaN),
                                Arrays.asList(null, null, null, null))
                        .named("id", "price", "day", "score")
                        .warning("01000", "careful"));
        HttpResponse<String> response = post("/v1/sql", "{\"sql\": \"q\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        String[] lines = response.body().split("\n");
        assertThat(lines[0]).contains("{\"name\":\"price\",\"type\":\"DECIMAL(10, 2)\",\"nullable\":true}");
        assertThat(lines[1]).isEqualTo("[1,0.10,\"2024-03-10\",\"NaN\"]");
        assertThat(lines[2]).isEqualTo("[null,null,null,null]");
        assertThat(lines[3]).isEqualTo("{\"rows\":2,\"warnings\":[{\"sqlstate\":\"01000\",\"message\":\"careful\"}]}");
        assertThat(lines).hasSize(4);
    }

    @Test
    void takesParametersAndLimitsOverHttp() throws Exception {
        HttpResponse<String> echoed =
                post("/v1/sql", "{\"sql\": \"echo BIGINT; VARCHAR\", \"parameters\": [7, \"x\"]}");
        assertThat(echoed.body()).contains("[7,\"x\"]");
        HttpResponse<String> limited = post("/v1/sql", "{\"sql\": \"rows 100\", \"maxRows\": 2}");
        assertThat(limited.body()).contains("{\"rows\":2,");
        HttpResponse<String> timedOut = post("/v1/sql", "{\"sql\": \"wait\", \"timeoutSeconds\": 0.2}");
        assertThat(timedOut.statusCode()).isEqualTo(504);
        assertThat(timedOut.body()).contains("\"sqlstate\":\"57014\"");
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        assertThat(post("/v1/sql", "{").body()).contains("it is not JSON");
        assertThat(post("/v1/sql", "{\"sqll\": 1}").body()).contains("'sqll' is not one of");
        HttpResponse<String> unknown = post("/v1/sql", "{\"sql\": \"select\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("\"code\":\"TABLE_NOT_FOUND\"").contains("\"sqlstate\":\"42P01\"");
        HttpResponse<String> broken = post("/v1/sql", "{\"sql\": \"break 1500\"}");
        assertThat(broken.statusCode()).isEqualTo(200);
        assertThat(broken.body()).contains("\"code\":\"SOURCE_READ_FAILED\"");
    }

    @Test
    void refusesGarbageWithoutAStackTrace() throws Exception {
        for (String garbage : List.of("", "garbage", "\u0001\u0002\u0003", "{broken", "\n\u0005hello")) {
            HttpResponse<String> response = post("/", garbage);
            assertThat(response.statusCode()).as(garbage).isEqualTo(400);
            assertThat(response.body())
                    .contains("is not a request of the Avatica")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        restart(HttpServerConfig.of("127.0.0.1", 0).withMaxRequestBytes(1 << 20), Authenticator.open());
        HttpResponse<String> response = post("/", "x".repeat((1 << 20) + 1));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("larger than the 1 MB this server accepts");
        try (Connection connection = DriverManager.getConnection("jdbc:calque://127.0.0.1:" + server.port() + "/")) {
            assertThatThrownBy(() -> connection.createStatement().executeQuery("x".repeat(1 << 20)))
                    .isInstanceOf(SQLException.class);
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void asksWhoComes() throws Exception {
        String token = "a long secret";
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        Account account = new Account(
                "ada",
                List.of("analyst"),
                Optional.of(BCrypt.withDefaults().hashToString(4, "lovelace".toCharArray())),
                List.of(digest));
        restart(HttpServerConfig.of("127.0.0.1", 0), new AccountAuthenticator(List.of(account)));
        String url = "jdbc:calque://127.0.0.1:" + server.port() + "/";
        assertThatThrownBy(() -> DriverManager.getConnection(url))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                .hasMessageContaining("asks who you are");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "ada", "wrong"))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                .hasMessageContaining("was not accepted");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "bob", "lovelace"))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        try (Connection connection = DriverManager.getConnection(url, "ada", "lovelace")) {
            assertThat(connection.createStatement().executeQuery("rows 1").next())
                    .isTrue();
            assertThat(connection.getMetaData().getUserName()).isEqualTo("ada");
        }
        try (Connection connection = DriverManager.getConnection(url + "?token=" + token.replace(" ", "%20"))) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(post("/v1/sql", "{\"sql\": \"rows 1\"}").statusCode()).isEqualTo(401);
        assertThat(client.send(request("/v1/health").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void saysThatThePortIsInUse() {
        assertThatThrownBy(() ->
                        HttpServer.start(HttpServerConfig.of("127.0.0.1", server.port()), engine, Authenticator.open()))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
                .hasMessageContaining("Cannot listen on 127.0.0.1:" + server.port())
                .hasMessageContaining("in use");
    }

    @Test
    void cancelsAQueryByItsId() throws Exception {
        CompletableFuture<HttpResponse<String>> running = client.sendAsync(
                request("/v1/sql")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"sql\": \"wait\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(engine.waiting().await(20, TimeUnit.SECONDS)).isTrue();
        String id = engine.runningId();
        assertThat(post("/v1/queries/" + id + "/cancel", "").body()).isEqualTo("{\"cancelled\":true}");
        assertThat(running.get(20, TimeUnit.SECONDS).body()).contains("\"code\":\"CANCELLED\"");
        assertThat(post("/v1/queries/none/cancel", "").statusCode()).isEqualTo(404);
    }

    @Test
    void stopsTheQueryOfAClientThatGoesAway() throws Exception {
        for (String path : List.of("/v1/sql", "/")) {
            engine.expectWait();
            int before = engine.cancelled();
            byte[] body = path.equals("/")
                    ? AvaticaRequests.execute(server.avatica(), "gone", "wait")
                    : "{\"sql\": \"wait\"}".getBytes(StandardCharsets.UTF_8);
            try (java.net.Socket socket = new java.net.Socket("127.0.0.1", server.port())) {
                String head =
                        "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
                assertThat(engine.waiting().await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(engine.ended().tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(engine.cancelled()).isEqualTo(before + 1);
        }
    }

    @Test
    void keepsAConnectionAliveAfterALongRequest() throws Exception {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> slow = post("/v1/sql", "{\"sql\": \"wait\", \"timeoutSeconds\": 0.7}");
            assertThat(slow.statusCode()).isEqualTo(504);
            assertThat(post("/v1/sql", "{\"sql\": \"rows 1\"}").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void showsMetrics() throws Exception {
        post("/v1/sql", "{\"sql\": \"rows 1\"}");
        String metrics = client.send(request("/metrics").build(), BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .contains("calque_requests_total{endpoint=\"sql\"} 1.0")
                .contains("calque_queries_running 0.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void answersUnknownPathsBriefly() throws Exception {
        HttpResponse<String> response = post("/nowhere", "");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body().length()).isLessThan(200);
    }
}
