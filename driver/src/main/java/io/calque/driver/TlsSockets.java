package io.calque.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS as the connection's properties ask for it. */
final class TlsSockets {
    private TlsSockets() {}

    static SSLSocketFactory create(ConnectionUrl target) throws SQLException {
        String trustStore = target.get(Option.TRUST_STORE);
        String keyStore = target.get(Option.KEY_STORE);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyStore == null ? null : keys(keyStore, target.get(Option.KEY_STORE_PASSWORD)),
                    trustStore == null ? null : trust(trustStore, target.get(Option.TRUST_STORE_PASSWORD)),
                    null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new SQLNonTransientConnectionException("Cannot set up TLS: " + e.getMessage(), "08001", e);
        }
    }

    private static KeyManager[] keys(String path, String password) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(path, password), characters(password));
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(String path, String password) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(path, password));
        return factory.getTrustManagers();
    }

    private static KeyStore load(String path, String password) throws IOException, GeneralSecurityException {
        if (path.toLowerCase(Locale.ROOT).matches(".*\\.(pem|crt|cer)")) {
            return certificates(path);
        }
        boolean jks = path.toLowerCase(Locale.ROOT).endsWith(".jks");
        KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
        Path file = Paths.get(path);
        if (!Files.isReadable(file)) {
            throw new IOException("key store " + path + " cannot be read");
        }
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, characters(password));
        }
        return store;
    }

    /** Certificates to trust, as PEM; a client's own key comes in a key store. */
    private static KeyStore certificates(String path) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(Paths.get(path))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate" + store.size(), certificate);
            }
        }
        return store;
    }

    private static char[] characters(String password) {
        return password == null ? new char[0] : password.toCharArray();
    }
}
