package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedAnswer;
import io.calque.app.fake.ScriptedEngine;
import io.calque.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wall-clock values are the same wherever the client is, read and sent. */
@Timeout(60)
class TimeZoneTest {
    private static final long WHEN = Instant.parse("2024-07-10T12:34:56.789Z").toEpochMilli();

    @ParameterizedTest
    @ValueSource(strings = {"America/Los_Angeles", "Pacific/Auckland"})
    void readsAndSendsTheSameWallClock(String zone) throws Exception {
        ScriptedEngine engine = new ScriptedEngine();
        engine.answer(
                "when",
                ScriptedAnswer.of(
                        List.of(DataType.TIMESTAMP, DataType.DATE, DataType.TIME),
                        List.of(WHEN, 19_914L, 45_296_789L)));
        try (HttpServer server = HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), engine, Authenticator.open())) {
            Process client = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Duser.timezone=" + zone,
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ZonedClient.class.getName(),
                            String.valueOf(server.port()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor()).isZero();
            assertThat(output.lines())
                    .containsExactly(
                            "2024-07-10 12:34:56.789 2024-07-10 12:34:56",
                            "2024-07-10",
                            "2024-07-10 00:30:00.0 2024-07-10",
                            "2024-07-10 12:34:56.789 2024-07-10 12:34:56",
                            "2024-07-10",
                            "2024-07-10 00:30:00.0 2024-07-10");
        }
        for (List<?> sent : engine.parameters()) {
            if (!sent.isEmpty()) {
                assertThat(sent.get(0)).isEqualTo(LocalDateTime.of(2024, 7, 10, 0, 30));
            }
        }
    }
}
