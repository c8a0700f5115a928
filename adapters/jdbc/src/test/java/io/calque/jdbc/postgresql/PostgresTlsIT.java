package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import io.calque.jdbc.Reading;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS, and asks for a client's certificate in two of its databases. */
class PostgresTlsIT {
    @TempDir
    static Path directory;

    private static TestCertificates certificates;
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        certificates = new TestCertificates(directory);
        certificates.authority("ca");
        certificates.authority("stranger");
        certificates.signed("ca", "server", "127.0.0.1", "san=ip:127.0.0.1");
        certificates.signed("ca", "client", "postgres", "");
        certificates.signed("ca", "other", "somebody_else", "");
        Path rules = directory.resolve("pg_hba.conf");
        Files.writeString(rules, """
                host    postgres  all 127.0.0.1/32 scram-sha-256
                hostssl encrypted all 127.0.0.1/32 scram-sha-256
                hostssl both      all 127.0.0.1/32 scram-sha-256 clientcert=verify-full
                hostssl bare      all 127.0.0.1/32 cert
                """);
        server = PostgresServer.start(Map.of(
                "ssl", "on",
                "ssl_cert_file", certificates.file("server.crt"),
                "ssl_key_file", certificates.file("server.key"),
                "ssl_ca_file", certificates.file("ca.crt"),
                "hba_file", rules.toString()));
        List.of("encrypted", "both", "bare").forEach(server::createDatabase);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Source open(String database, String host, Map<String, String> options) {
        PostgresDatabase reached = server.database(database);
        SourceConfig config = SourceConfig.of(
                        new SourceId("safe"), "postgresql", reached.jdbcUrl().replace("127.0.0.1", host))
                .withOptions(options);
        // The database that goes by certificates alone must not need the password.
        Secret password = new Secret(database.equals("bare") ? "unused" : reached.password());
        return new PostgresAdapter().open(config.withCredentials(reached.user(), password));
    }

    private static Map<String, String> verifying(String authority, String client) {
        Map<String, String> options = new HashMap<>();
        options.put("sslmode", "verify-full");
        options.put("sslrootcert", certificates.file(authority + ".crt"));
        if (!client.isEmpty()) {
            options.put("sslcert", certificates.file(client + ".crt"));
            options.put("sslkey", certificates.file(client + ".pk8"));
        }
        return options;
    }

    private static String encryption(Source source) {
        try (source) {
            return String.valueOf(Reading.rows(
                            source,
                            source.passThrough(
                                    "SELECT CASE WHEN ssl THEN version || ' ' || COALESCE(client_dn, 'no client')"
                                            + " END AS told FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .get(0)
                    .get(0));
        }
    }

    private static void refuses(Source source, ErrorCode code, String reason) {
        try (source) {
            assertThatThrownBy(() -> source.begin(Reading.OPTIONS))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(code))
                    .hasMessageContaining("'safe'")
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void verifiesTheServer() {
        assertThat(encryption(open("encrypted", "127.0.0.1", verifying("ca", ""))))
                .isEqualTo("TLSv1.3 no client");
    }

    @Test
    void showsItsCertificate() {
        assertThat(encryption(open("both", "127.0.0.1", verifying("ca", "client"))))
                .isEqualTo("TLSv1.3 /CN=postgres");
        assertThat(encryption(open("bare", "127.0.0.1", verifying("ca", "client"))))
                .isEqualTo("TLSv1.3 /CN=postgres");
    }

    @Test
    void isRefusedWithoutTheRightCertificate() {
        refuses(open("both", "127.0.0.1", verifying("ca", "")), ErrorCode.SOURCE_REFUSED, "certificate");
        refuses(open("bare", "127.0.0.1", verifying("ca", "other")), ErrorCode.SOURCE_REFUSED, "certificate");
        refuses(
                open("encrypted", "127.0.0.1", Map.of("sslmode", "disable")),
                ErrorCode.SOURCE_REFUSED,
                "no encryption");
    }

    @Test
    void trustsNoStranger() {
        refuses(open("encrypted", "127.0.0.1", verifying("stranger", "")), ErrorCode.SOURCE_UNAVAILABLE, "certif");
        refuses(open("encrypted", "localhost", verifying("ca", "")), ErrorCode.SOURCE_UNAVAILABLE, "localhost");
    }
}
