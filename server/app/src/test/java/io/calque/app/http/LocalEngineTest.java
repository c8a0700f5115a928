package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.avatica.AvaticaService;
import io.calque.app.fake.ScriptedEngine;
import io.calque.driver.LocalEngine;
import java.io.FileNotFoundException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine in the driver's own process: the same protocol, without a port. */
@Timeout(60)
class LocalEngineTest {
    private static final ScriptedEngine ENGINE = new ScriptedEngine();

    /** Found by ServiceLoader, as an application's engine is. */
    public static final class Provider implements LocalEngine {
        @Override
        public Channel open(String configPath, Map<String, String> properties) throws Exception {
            if (configPath.equals("missing.yaml")) {
                throw new FileNotFoundException("Configuration missing.yaml does not exist");
            }
            AvaticaService service = new AvaticaService(ENGINE);
            return new Channel() {
                @Override
                public byte[] exchange(byte[] request) {
                    return service.handle(request);
                }

                @Override
                public void close() {
                    service.close();
                }
            };
        }
    }

    private ClassLoader before;

    @BeforeEach
    void provide(@TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(LocalEngine.class.getName()), Provider.class.getName());
        before = Thread.currentThread().getContextClassLoader();
        URL[] urls = {directory.toUri().toURL()};
        // our provider comes first, whatever the class path holds
        Thread.currentThread().setContextClassLoader(new URLClassLoader(urls, before) {
            @Override
            public java.util.Enumeration<URL> getResources(String name) throws java.io.IOException {
                return name.startsWith("META-INF/services/" + LocalEngine.class.getName())
                        ? findResources(name)
                        : super.getResources(name);
            }
        });
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        assertThat(ENGINE.openRuns()).isZero();
        assertThat(ENGINE.openSessions()).isZero();
    }

    @Test
    void answersAsAServerDoes() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:calque:file:any.yaml?statement_timeout=9s");
                PreparedStatement statement = connection.prepareStatement("echo BIGINT")) {
            statement.setLong(1, 5);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(5);
            }
            long count = 0;
            try (Statement plain = connection.createStatement();
                    ResultSet rows = plain.executeQuery("rows 100000")) {
                while (rows.next()) {
                    count++;
                }
            }
            assertThat(count).isEqualTo(100_000);
        }
    }

    @Test
    void cancels() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:calque:file:any.yaml");
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> outcome = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.executeQuery("wait");
                    return "rows";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            });
            assertThat(ENGINE.waiting().await(20, TimeUnit.SECONDS)).isTrue();
            statement.cancel();
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
        }
    }

    @Test
    void saysWhyTheEngineDoesNotOpen() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:calque:file:missing.yaml"))
                .hasMessage("Configuration missing.yaml does not exist");
    }
}
