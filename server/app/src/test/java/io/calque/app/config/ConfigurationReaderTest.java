package io.calque.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calque.app.auth.Account;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationReaderTest {
    private final ConfigurationReader reader = new ConfigurationReader(
            new TreeSet<>(List.of("mongodb", "postgresql", "sqlite")), Map.of("CRM_PASSWORD", "s3cret", "ZONE", "eu"));

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("calque.yaml");
    }

    @Test
    void readsEverySetting() throws IOException {
        Files.writeString(directory.resolve("token"), "from-file\n");
        Configuration read = read("""
                sources:
                  crm:
                    kind: postgresql
                    url: jdbc:postgresql://db.${env:ZONE}.example:5432/crm
                    user: reader
                    password: ${env:CRM_PASSWORD}
                    include: [public.*, sales.order*]
                    exclude: public.audit_*
                    permits: 4
                    pool: 6
                    connect_timeout: 3s
                    options:
                      sslmode: require
                  music:
                    kind: mongodb
                    url: mongodb://localhost/music
                    password: ${file:token}
                  office:
                    kind: sqlite
                    url: jdbc:sqlite:data/office.db
                registry: state/registry.db
                server:
                  host: 0.0.0.0
                  port: 9000
                  tls: {keystore: server.p12, password: changeit}
                  users:
                    ann: $2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy
                    bob: {roles: [analyst], tokens: [9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08]}
                limits:
                  statement_timeout: 5m
                  query_memory: 512MB
                  spool_directory: spool
                """);

        SourceConfig crm = read.sources().get(0);
        assertThat(crm.url()).isEqualTo("jdbc:postgresql://db.eu.example:5432/crm");
        assertThat(crm.user()).contains("reader");
        assertThat(crm.password().orElseThrow().reveal()).isEqualTo("s3cret");
        assertThat(crm.include()).containsExactly("public.*", "sales.order*");
        assertThat(crm.exclude()).containsExactly("public.audit_*");
        assertThat(crm.permits()).isEqualTo(4);
        assertThat(crm.poolSize()).isEqualTo(6);
        assertThat(crm.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(crm.options()).containsEntry("sslmode", "require");
        assertThat(read.sources().get(1).password().orElseThrow().reveal()).isEqualTo("from-file");
        assertThat(read.sources().get(2).url())
                .isEqualTo("jdbc:sqlite:" + directory.resolve("data/office.db").toAbsolutePath());
        assertThat(read.registry()).isEqualTo(directory.resolve("state/registry.db"));
        assertThat(read.server().port()).isEqualTo(9000);
        assertThat(read.server().tls().orElseThrow().keyStore()).isEqualTo(directory.resolve("server.p12"));
        assertThat(read.server().accounts()).extracting(Account::name).containsExactly("ann", "bob");
        assertThat(read.server().accounts().get(1).roles()).containsExactly("analyst");
        assertThat(read.limits().statementTimeout()).contains(Duration.ofMinutes(5));
        assertThat(read.limits().queryMemory()).hasValue(512L << 20);
        assertThat(read.limits().spoolDirectory()).contains(directory.resolve("spool"));
    }

    @Test
    void readsAnEmptyFileAsDefaults() throws IOException {
        Configuration read = read("");

        assertThat(read.sources()).isEmpty();
        assertThat(read.registry()).isEqualTo(directory.resolve(".calque/registry.db"));
        assertThat(read.server()).isEqualTo(ServerSettings.DEFAULT);
    }

    @Test
    void keepsALiteralDollarBrace() throws IOException {
        Configuration read = read("sources: {a: {kind: sqlite, url: 'jdbc:sqlite::memory:', password: 'x$${y}'}}");

        assertThat(read.sources().get(0).password().orElseThrow().reveal()).isEqualTo("x${y}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            `sources:\\n  a: [1,\\n  b: 2`              | calque.yaml:3:7: not valid YAML
            `sources:\\n\\tcrm: x`                      | calque.yaml:2:1: not valid YAML
            `sorces: {}`                               | calque.yaml:1:1: unknown key 'sorces'; known keys: sources, registry, server, limits, introspection, search. Did you mean 'sources'?
            `sources:\\n  a:\\n    knd: sqlite`          | calque.yaml:3:5: unknown key 'knd'
            `sources: {a: {url: x}}`                   | calque.yaml:1:14: key 'kind' is missing
            `sources: {a: {kind: postgres, url: x}}`   | calque.yaml:1:21: unknown source kind 'postgres'; known kinds: mongodb, postgresql, sqlite. Did you mean 'postgresql'?
            `sources: {a: {kind: oracle, url: x}}`     | calque.yaml:1:21: unknown source kind 'oracle'; known kinds: mongodb, postgresql, sqlite.
            `sources: {a: {kind: sqlite, url: '${env:NOPE}'}}` | calque.yaml:1:34: environment variable NOPE is not set
            `sources: {a: {kind: sqlite, url: '${file:nope.txt}'}}` | nope.txt does not exist
            `sources: {a: {kind: sqlite, url: '${NOPE}'}}` | calque.yaml:1:34: '${NOPE}' is no reference
            `sources: {a: {kind: sqlite, url: x, permits: many}}` | calque.yaml:1:46: 'permits' is 'many', which is not a whole number from 1 to 1000
            `sources: {a: {kind: sqlite, url: x, permits: 9, pool: 3}}` | calque.yaml:1:55: 'pool' is 3, fewer than the 9 permits
            `sources: {a: {kind: sqlite, url: x, connect_timeout: soon}}` | is not a duration such as 500ms, 10s or 5m
            `sources: {a: {kind: sqlite}, a: {kind: sqlite}}` | calque.yaml:1:30: key 'a' appears twice
            `sources: {1a: {kind: sqlite, url: x}}`    | calque.yaml:1:11: Source name '1a' is not allowed
            `sources: {System: {kind: sqlite, url: x}}`| calque.yaml:1:11: source name 'System' is Calque's own
            `sources: [a, b]`                          | calque.yaml:1:10: expected keys with values here
            `server: {port: 70000}`                    | calque.yaml:1:16: 'port' is '70000', which is not a whole number from 0 to 65535
            `server: {users: {ann: secret}}`           | calque.yaml:1:23: user 'ann' needs a bcrypt hash
            `limits: {query_memory: lots}`             | 'query_memory' is 'lots', which is not a size such as 512MB or 2GB
            """)
    void complainsWithThePlace(String yaml, String expected) throws IOException {
        Files.writeString(file, yaml.replace("\\n", "\n").replace("\\t", "\t"));

        QueryException failure = catchThrowableOfType(QueryException.class, () -> reader.read(file));

        assertThat(failure).hasMessageContaining(expected);
        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(failure.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void saysWhenTheFileIsMissing() {
        QueryException failure = catchThrowableOfType(QueryException.class, () -> reader.read(file));

        assertThat(failure).hasMessageContaining("does not exist").hasMessageContaining("--config");
    }

    private Configuration read(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return reader.read(file);
    }
}
