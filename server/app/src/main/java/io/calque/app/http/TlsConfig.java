package io.calque.app.http;

import io.calque.spi.source.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server's certificate, and whom it asks for one.
 *
 * @param keyStore a PKCS#12, JKS or PEM file with the server's certificate and, unless {@code key} names another file, its key
 * @param key a PEM file with the server's key (PKCS#8), where it stands apart from a PEM certificate
 * @param password of {@code keyStore}, or of an encrypted PEM key; empty for a PEM key that is not
 * @param clientTrust a PKCS#12 or JKS file, or PEM certificates: when given, clients must show a certificate that it vouches
 *     for
 * @param clientTrustPassword of {@code clientTrust}, where it has one
 */
public record TlsConfig(
        Path keyStore,
        Optional<Path> key,
        Secret password,
        Optional<Path> clientTrust,
        Optional<Secret> clientTrustPassword) {
    /** TLS without client certificates. */
    public static TlsConfig of(Path keyStore, Secret password) {
        return new TlsConfig(keyStore, Optional.empty(), password, Optional.empty(), Optional.empty());
    }
}
