package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sqlline.SqlLine;

/** A shell that knows nothing of Calque, over both drivers. */
@Timeout(60)
class SqllineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:calque://127.0.0.1:%d/",
                "jdbc:avatica:remote:url=http://127.0.0.1:%d/;serialization=PROTOBUF"
            })
    void showsRows(String url) throws Exception {
        try (HttpServer server =
                HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), new ScriptedEngine(), Authenticator.open())) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
            SqlLine shell = new SqlLine();
            shell.setOutputStream(printed);
            shell.setErrorStream(printed);
            shell.begin(
                    new String[] {
                        "-u",
                        String.format(url, server.port()),
                        "-n",
                        "",
                        "-p",
                        "",
                        "-e",
                        "rows 12",
                        "--isolation=TRANSACTION_NONE"
                    },
                    new ByteArrayInputStream(new byte[0]),
                    false);
            String text = out.toString(StandardCharsets.UTF_8);
            assertThat(text).contains("name 10").contains("12 rows selected").contains("11.05");
        }
    }

    @Test
    void connectsWithItsOwnDefaults() throws Exception {
        try (HttpServer server =
                HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), new ScriptedEngine(), Authenticator.open())) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
            SqlLine shell = new SqlLine();
            shell.setOutputStream(printed);
            shell.setErrorStream(printed);
            String url = "jdbc:calque://127.0.0.1:" + server.port() + "/";
            shell.begin(
                    new String[] {"-u", url, "-n", "", "-p", "", "-e", "rows 2"},
                    new ByteArrayInputStream(new byte[0]),
                    false);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 rows selected");
        }
    }
}
