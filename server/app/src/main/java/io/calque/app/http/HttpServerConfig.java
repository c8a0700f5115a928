package io.calque.app.http;

import io.calque.app.avatica.AvaticaOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the endpoint listens and what it bears.
 *
 * @param port 0 lets the system choose
 * @param maxRequestBytes a larger body is refused
 * @param threads that serve requests at once, at least 8
 * @param idleTimeout of a kept-alive TCP connection between requests
 */
public record HttpServerConfig(
        String host,
        int port,
        Optional<TlsConfig> tls,
        long maxRequestBytes,
        int threads,
        Duration idleTimeout,
        AvaticaOptions avatica) {
    public HttpServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        if (threads < 8) {
            throw new IllegalArgumentException("an endpoint needs at least 8 threads");
        }
        if (maxRequestBytes < 1024) {
            throw new IllegalArgumentException("maxRequestBytes must be at least 1024");
        }
    }

    /** Plain HTTP with the usual bounds. */
    public static HttpServerConfig of(String host, int port) {
        return new HttpServerConfig(
                host, port, Optional.empty(), 16L << 20, 200, Duration.ofMinutes(5), AvaticaOptions.DEFAULT);
    }

    public HttpServerConfig withTls(TlsConfig certificates) {
        return new HttpServerConfig(
                host, port, Optional.of(certificates), maxRequestBytes, threads, idleTimeout, avatica);
    }

    public HttpServerConfig withMaxRequestBytes(long bytes) {
        return new HttpServerConfig(host, port, tls, bytes, threads, idleTimeout, avatica);
    }

    public HttpServerConfig withAvatica(AvaticaOptions options) {
        return new HttpServerConfig(host, port, tls, maxRequestBytes, threads, idleTimeout, options);
    }
}
