package io.calque.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedEngine;
import io.calque.spi.QueryException;
import io.calque.spi.source.Secret;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates made for the occasion by the JDK's keytool. */
@Timeout(120)
class TlsTest {
    private static final Secret PASSWORD = new Secret("changeit");

    @TempDir
    private static Path directory;

    private final ScriptedEngine engine = new ScriptedEngine();

    @BeforeAll
    static void makeCertificates() throws Exception {
        for (String name : List.of("server", "client")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
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
        }
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "server",
                "-file",
                file("server.pem"),
                "-keystore",
                file("trust.p12"));
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD.reveal()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private HttpServer start(TlsConfig tls) {
        return HttpServer.start(HttpServerConfig.of("127.0.0.1", 0).withTls(tls), engine, Authenticator.open());
    }

    private static String url(HttpServer server, String more) {
        return "jdbc:calque://localhost:" + server.port() + "/?ssl=true&trustStorePassword=changeit" + more;
    }

    @Test
    void encryptsAndChecksTheServer() throws SQLException {
        String trusting = "&trustStore=" + file("trust.p12");
        try (HttpServer server = start(TlsConfig.of(directory.resolve("server.p12"), PASSWORD))) {
            try (Connection connection = DriverManager.getConnection(url(server, trusting))) {
                assertThat(connection.createStatement().executeQuery("rows 1").next())
                        .isTrue();
            }
            assertThatThrownBy(() -> DriverManager.getConnection(url(server, "")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Cannot reach https://localhost");
            String byAddress = url(server, trusting).replace("localhost", "127.0.0.1");
            assertThatThrownBy(() -> DriverManager.getConnection(byAddress)).isInstanceOf(SQLException.class);
            try (Connection connection = DriverManager.getConnection(byAddress + "&verifyHost=false")) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void asksClientsForTheirCertificate() throws SQLException {
        TlsConfig mutual = new TlsConfig(
                directory.resolve("server.p12"),
                Optional.empty(),
                PASSWORD,
                Optional.of(directory.resolve("client.pem")),
                Optional.empty());
        String trusting = "&trustStore=" + file("trust.p12");
        try (HttpServer server = start(mutual)) {
            assertThatThrownBy(() -> DriverManager.getConnection(url(server, trusting)))
                    .isInstanceOf(SQLException.class);
            String showing = trusting + "&keyStorePassword=changeit&keyStore=" + file("client.p12");
            try (Connection connection = DriverManager.getConnection(url(server, showing))) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    /** The server's key and certificate as most people have them; the driver also trusts a PEM file. */
    @Test
    void readsPemFiles() throws Exception {
        String certificate = Files.readString(directory.resolve("server.pem"));
        String key = pem("PRIVATE KEY", serverKey().getEncoded());
        String encrypted = pem("ENCRYPTED PRIVATE KEY", encrypted(serverKey()));
        Path both = Files.writeString(directory.resolve("both.pem"), key + certificate);
        Path bothEncrypted = Files.writeString(directory.resolve("encrypted.pem"), certificate + encrypted);
        Path apart = Files.writeString(directory.resolve("server.key"), key);
        Path apartEncrypted = Files.writeString(directory.resolve("encrypted.key"), encrypted);
        Path alone = directory.resolve("server.pem");
        Secret none = new Secret("");
        for (TlsConfig tls : List.of(
                TlsConfig.of(both, none),
                TlsConfig.of(bothEncrypted, PASSWORD),
                pem(alone, apart, none),
                pem(alone, apartEncrypted, PASSWORD))) {
            try (HttpServer server = start(tls);
                    Connection connection =
                            DriverManager.getConnection(url(server, "&trustStore=" + file("server.pem")))) {
                assertThat(connection.createStatement().executeQuery("rows 1").next())
                        .isTrue();
            }
        }
        assertThatThrownBy(() -> start(TlsConfig.of(bothEncrypted, none)))
                .hasMessageContaining("the key is encrypted and no password is given");
        assertThatThrownBy(() -> start(TlsConfig.of(bothEncrypted, new Secret("wrong"))))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("encrypted.pem");
    }

    private static TlsConfig pem(Path certificate, Path key, Secret password) {
        return new TlsConfig(certificate, Optional.of(key), password, Optional.empty(), Optional.empty());
    }

    private static PrivateKey serverKey() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = PASSWORD.reveal().toCharArray();
        try (InputStream in = Files.newInputStream(directory.resolve("server.p12"))) {
            store.load(in, password);
        }
        return (PrivateKey) store.getKey("server", password);
    }

    /** PBES1: the JDK reads what {@code openssl pkcs8 -topk8} writes, but writes only this. */
    private static byte[] encrypted(PrivateKey key) throws Exception {
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec(PASSWORD.reveal().toCharArray())));
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded())).getEncoded();
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    @Test
    void namesAKeyStoreThatCannotBeRead() throws Exception {
        Path garbage = Files.writeString(directory.resolve("garbage.p12"), "garbage");
        assertThatThrownBy(() -> start(TlsConfig.of(garbage, PASSWORD)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("garbage.p12 cannot be read");
        assertThatThrownBy(() -> start(TlsConfig.of(directory.resolve("server.p12"), new Secret("wrong"))))
                .isInstanceOf(QueryException.class);
    }
}
