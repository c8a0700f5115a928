package io.calque.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads over TLS, with certificates made for the occasion by the JDK's keytool. */
class TlsIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path directory;

    private static MongoServer server;

    @BeforeAll
    static void start() throws Exception {
        for (String name : List.of("server", "stranger")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + (name.equals("server") ? "localhost" : name),
                    "-ext",
                    "san=dns:localhost",
                    "-validity",
                    "2",
                    "-keystore",
                    file(name + ".p12"));
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    name,
                    "-file",
                    file(name + ".pem"),
                    "-keystore",
                    file(name + ".p12"));
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-file",
                    file(name + ".pem"),
                    "-keystore",
                    file(name + "-trust.p12"));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("server.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        server = new MongoServer(new MemoryBackend());
        server.enableSsl((PrivateKey) keys.getKey("server", PASSWORD.toCharArray()), null, (X509Certificate)
                keys.getCertificate("server"));
        server.bind(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterAll
    static void stop() {
        server.shutdownNow();
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Source source(Map<String, String> options) {
        return new MongoAdapter()
                .open(SourceConfig.of(
                                MongoFixture.ID,
                                "mongodb",
                                "mongodb://localhost:"
                                        + server.getLocalAddress().getPort() + "/shop")
                        .withOptions(options));
    }

    @Test
    void readsFromAServerThatAPemFileVouchesFor() {
        assertReads(Map.of("tlsCAFile", file("server.pem")));
    }

    @Test
    void readsFromAServerThatATrustStoreVouchesFor() {
        assertReads(Map.of("truststore", file("server-trust.p12"), "truststore_password", PASSWORD));
    }

    private static void assertReads(Map<String, String> options) {
        try (Source source = source(options)) {
            assertThat(MongoFixture.observe(source).product()).startsWith("MongoDB ");
        }
    }

    @Test
    void refusesAServerThatNobodyVouchesFor() {
        for (Map<String, String> options : List.of(
                Map.of("tls", "true", "server_selection_timeout_ms", "2000"),
                Map.of("tlsCAFile", file("stranger.pem"), "server_selection_timeout_ms", "2000"))) {
            try (Source source = source(options)) {
                assertThatThrownBy(() -> MongoFixture.observe(source))
                        .isInstanceOf(QueryException.class)
                        .hasMessageContaining("'crm'")
                        .hasMessageContaining("certif")
                        .extracting(e -> ((QueryException) e).code())
                        .isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
            }
        }
    }

    @Test
    void doesNotSpeakInClearToAServerOfTls() {
        String url = "mongodb://localhost:" + server.getLocalAddress().getPort() + "/?serverSelectionTimeoutMS=1000";
        try (MongoClient clear = MongoClients.create(url)) {
            assertThatThrownBy(() -> clear.listDatabaseNames().first())
                    .isInstanceOf(com.mongodb.MongoTimeoutException.class);
        }
    }
}
