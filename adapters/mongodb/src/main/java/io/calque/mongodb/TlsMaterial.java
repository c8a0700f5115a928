package io.calque.mongodb;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates and keys of a source: PEM files as MongoDB's own tools take them, or Java key stores.
 *
 * <p>The Java driver ignores {@code tlsCAFile} and {@code tlsCertificateKeyFile} in URLs, so they are options here.
 */
final class TlsMaterial {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private TlsMaterial() {}

    static boolean wanted(MongoOptions options) {
        return options.text(MongoOptions.TLS).map(Boolean::parseBoolean).orElse(false)
                || options.text(MongoOptions.TLS_CA_FILE).isPresent()
                || options.text(MongoOptions.TLS_KEY_FILE).isPresent()
                || options.text(MongoOptions.KEYSTORE).isPresent()
                || options.text(MongoOptions.TRUSTSTORE).isPresent();
    }

    static SSLContext context(SourceConfig config, MongoOptions options) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(options), trust(options), null);
            return context;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Source '" + config.id() + "' has TLS files that cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static KeyManager[] keys(MongoOptions options) throws GeneralSecurityException, IOException {
        Optional<String> pem = options.text(MongoOptions.TLS_KEY_FILE);
        Optional<String> store = options.text(MongoOptions.KEYSTORE);
        if (pem.isEmpty() && store.isEmpty()) {
            return new KeyManager[0];
        }
        char[] password =
                password(options, pem.isPresent() ? MongoOptions.TLS_KEY_PASSWORD : MongoOptions.KEYSTORE_PASSWORD);
        KeyStore keys = pem.isPresent() ? fromPem(Path.of(pem.get()), password) : load(store.orElseThrow(), password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(MongoOptions options) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        Optional<String> pem = options.text(MongoOptions.TLS_CA_FILE);
        Optional<String> store = options.text(MongoOptions.TRUSTSTORE);
        if (pem.isPresent()) {
            KeyStore trusted = empty();
            int index = 0;
            for (Certificate certificate : certificates(Files.readString(Path.of(pem.get())))) {
                trusted.setCertificateEntry("ca" + index++, certificate);
            }
            if (index == 0) {
                throw new IllegalArgumentException(pem.get() + " holds no certificate");
            }
            factory.init(trusted);
        } else if (store.isPresent()) {
            factory.init(load(store.get(), password(options, MongoOptions.TRUSTSTORE_PASSWORD)));
        } else {
            factory.init((KeyStore) null);
        }
        return factory.getTrustManagers();
    }

    private static char[] password(MongoOptions options, String name) {
        return options.text(name).map(String::toCharArray).orElseGet(() -> new char[0]);
    }

    private static KeyStore load(String file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, password);
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    /** One file with the private key and the certificate chain, in either order. */
    private static KeyStore fromPem(Path file, char[] password) throws GeneralSecurityException, IOException {
        String text = Files.readString(file);
        Collection<? extends Certificate> chain = certificates(text);
        Matcher block = PEM.matcher(text);
        while (block.find()) {
            if (block.group(1).endsWith("PRIVATE KEY")) {
                byte[] der = Base64.getMimeDecoder().decode(block.group(2));
                KeyStore store = empty();
                store.setKeyEntry(
                        "client",
                        privateKey(block.group(1), der, password),
                        password,
                        chain.toArray(Certificate[]::new));
                return store;
            }
        }
        throw new IllegalArgumentException(file + " holds no private key");
    }

    private static PrivateKey privateKey(String kind, byte[] der, char[] password)
            throws GeneralSecurityException, IOException {
        PKCS8EncodedKeySpec spec = switch (kind) {
            case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(der);
            case "RSA PRIVATE KEY" -> new PKCS8EncodedKeySpec(wrapRsa(der));
            case "ENCRYPTED PRIVATE KEY" -> decrypt(der, password);
            default ->
                throw new IllegalArgumentException(
                        "a '" + kind + "' is not read; convert it with openssl pkcs8 -topk8");
        };
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // The encoding does not say which algorithm it is for in a form the JDK exposes: try the next.
            }
        }
        throw new IllegalArgumentException("the private key is neither RSA, EC nor Ed25519");
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] der, char[] password)
            throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
        String algorithm = encrypted.getAlgParameters() == null
                ? encrypted.getAlgName()
                : encrypted.getAlgParameters().toString();
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password)),
                encrypted.getAlgParameters());
        return encrypted.getKeySpec(cipher);
    }

    /** PKCS#1 inside PKCS#8 (RFC 5208): SEQUENCE { INTEGER 0, rsaEncryption, OCTET STRING { key } }. */
    private static byte[] wrapRsa(byte[] pkcs1) {
        byte[] head = {
            2, 1, 0, 48, 13, 6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0, 4, (byte) 0x82
        };
        int inner = head.length + 2 + pkcs1.length;
        return ByteBuffer.allocate(4 + inner)
                .put((byte) 48)
                .put((byte) 0x82)
                .putShort((short) inner)
                .put(head)
                .putShort((short) pkcs1.length)
                .put(pkcs1)
                .array();
    }

    private static Collection<? extends Certificate> certificates(String text) throws GeneralSecurityException {
        StringBuilder only = new StringBuilder();
        Matcher block = PEM.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                only.append(block.group()).append('\n');
            }
        }
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(only.toString().getBytes(StandardCharsets.US_ASCII)));
    }
}
