package io.calque.app.http;

import io.calque.spi.source.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server's certificate, and whom it asks for one.
 *
 * @param keyStore a PKCS#12 or JKS file with the server's key and certificate
 * @param password of {@code keyStore}
 * @param clientTrust a PKCS#12 or JKS file, or PEM certificates: when given, clients must show a certificate that it vouches
 *     for
 * @param clientTrustPassword of {@code clientTrust}, where it has one
 */
public record TlsConfig(
        Path keyStore, Secret password, Optional<Path> clientTrust, Optional<Secret> clientTrustPassword) {
    /** TLS without client certificates. */
    public static TlsConfig of(Path keyStore, Secret password) {
        return new TlsConfig(keyStore, password, Optional.empty(), Optional.empty());
    }
}
