package io.calque.jdbc.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority with the certificates that it signed, in files as PostgreSQL and its driver take them. Made with the JDK's keytool. */
final class TestCertificates {
    private static final String PASSWORD = "not-secret";

    private final Path directory;

    TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** Makes an authority; its certificate is {@code <name>.crt}. */
    Path authority(String name) throws Exception {
        keytool(name, "-genkeypair", "-dname", "CN=" + name, "-ext", "bc:c=ca:true", "-ext", "ku=keyCertSign");
        return export(name);
    }

    /**
     * Makes a key, {@code <name>.key} in PEM and {@code <name>.pk8} in DER, and a certificate, {@code <name>.crt}, that an authority signed.
     *
     * @param subject the common name
     * @param extension such as {@code san=ip:127.0.0.1}; may be empty
     */
    void signed(String authority, String name, String subject, String extension) throws Exception {
        keytool(name, "-genkeypair", "-dname", "CN=" + subject);
        Path request = directory.resolve(name + ".csr");
        Path certificate = directory.resolve(name + ".crt");
        keytool(name, "-certreq", "-file", request.toString());
        List<String> sign = new ArrayList<>(
                List.of("-gencert", "-rfc", "-infile", request.toString(), "-outfile", certificate.toString()));
        if (!extension.isEmpty()) {
            sign.addAll(List.of("-ext", extension));
        }
        keytool(authority, sign.toArray(String[]::new));
        byte[] key = key(name);
        Path der = directory.resolve(name + ".pk8");
        Files.write(der, key);
        Path pem = directory.resolve(name + ".key");
        Files.writeString(
                pem,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        // Neither PostgreSQL nor its driver takes a key that others may read.
        for (Path file : List.of(der, pem)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    String file(String name) {
        return directory.resolve(name).toString();
    }

    private Path export(String name) throws Exception {
        Path certificate = directory.resolve(name + ".crt");
        keytool(name, "-exportcert", "-rfc", "-file", certificate.toString());
        return certificate;
    }

    private byte[] key(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store.getKey(name, PASSWORD.toCharArray()).getEncoded();
    }

    private void keytool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", name, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", directory.resolve(name + ".p12").toString()));
        if (List.of(arguments).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "30"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }
}
