package io.calque.app.http;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads certificates and keys from PKCS#12, JKS and PEM files. Stateless. */
final class KeyStores {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /** What the JDK calls it where it has no name for it. */
    private static final String PBES2 = "1.2.840.113549.1.5.13";

    private KeyStores() {}

    /**
     * @throws QueryException CONFIG_INVALID, naming the file
     */
    static KeyStore load(Path file, String password) {
        return load(file, Optional.empty(), password);
    }

    /**
     * @param key a PEM file, where the key stands apart from the certificates
     * @throws QueryException CONFIG_INVALID, naming the file
     */
    static KeyStore load(Path file, Optional<Path> key, String password) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".pem") || name.endsWith(".crt") || name.endsWith(".cer")) {
                String keyText = key.isPresent() ? Files.readString(key.get(), StandardCharsets.US_ASCII) : "";
                return pem(Files.readString(file, StandardCharsets.US_ASCII) + keyText, password);
            }
            KeyStore store = KeyStore.getInstance(name.endsWith(".jks") ? "JKS" : "PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password.toCharArray());
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "The certificates in " + file
                            + key.map(k -> " with the key in " + k).orElse("") + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static KeyStore pem(String text, String password) throws IOException, GeneralSecurityException {
        List<Certificate> certificates = new ArrayList<>();
        List<PrivateKey> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] content = Base64.getMimeDecoder().decode(block.group(2));
            switch (block.group(1)) {
                case "CERTIFICATE" ->
                    certificates.add(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(content)));
                case "PRIVATE KEY" -> keys.add(key(content));
                case "ENCRYPTED PRIVATE KEY" -> keys.add(key(decrypted(content, password)));
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw new IOException("the key is not PKCS#8; convert it with openssl pkcs8 -topk8");
                default -> {}
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("no certificate in the file");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (keys.isEmpty()) {
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("certificate" + i, certificates.get(i));
            }
        } else {
            store.setKeyEntry("server", keys.get(0), password.toCharArray(), certificates.toArray(new Certificate[0]));
        }
        return store;
    }

    private static byte[] decrypted(byte[] content, String password) throws IOException, GeneralSecurityException {
        if (password.isEmpty()) {
            throw new IOException("the key is encrypted and no password is given");
        }
        EncryptedPrivateKeyInfo encrypted = encryptedKey(content);
        // PBES2 names its cipher in the parameters
        String algorithm =
                encrypted.getAlgName().equals(PBES2) || encrypted.getAlgName().equals("PBES2")
                        ? encrypted.getAlgParameters().toString()
                        : encrypted.getAlgName();
        Cipher cipher = Cipher.getInstance(algorithm);
        SecretKeyFactory passwords = SecretKeyFactory.getInstance(algorithm);
        cipher.init(
                Cipher.DECRYPT_MODE,
                passwords.generateSecret(new PBEKeySpec(password.toCharArray())),
                encrypted.getAlgParameters());
        return encrypted.getKeySpec(cipher).getEncoded();
    }

    private static EncryptedPrivateKeyInfo encryptedKey(byte[] content) throws IOException {
        try {
            return new EncryptedPrivateKeyInfo(content);
        } catch (IOException e) {
            throw new IOException(
                    "its encryption is not known here; convert the key with openssl pkcs8 -topk8 -v2 aes-256-cbc", e);
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("the key's algorithm is neither RSA nor EC");
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                last.addSuppressed(e);
            }
        }
        throw last;
    }
}
