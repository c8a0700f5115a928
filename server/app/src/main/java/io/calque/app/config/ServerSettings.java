package io.calque.app.config;

import io.calque.spi.source.Secret;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the endpoint listens and whom it lets in. Immutable.
 *
 * @param port 0 lets the system choose
 * @param users bcrypt hash by user name; empty means no authentication
 */
public record ServerSettings(String host, int port, Optional<Tls> tls, SortedMap<String, Secret> users) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8765;
    public static final ServerSettings DEFAULT =
            new ServerSettings(DEFAULT_HOST, DEFAULT_PORT, Optional.empty(), new TreeMap<>());

    public ServerSettings {
        users = Collections.unmodifiableSortedMap(new TreeMap<>(users));
    }

    public ServerSettings withPort(int newPort) {
        return new ServerSettings(host, newPort, tls, users);
    }

    public ServerSettings withHost(String newHost) {
        return new ServerSettings(newHost, port, tls, users);
    }

    /**
     * The server's certificate, in a PKCS#12 or JKS file.
     *
     * @param password of the file
     */
    public record Tls(Path keystore, Secret password) {}
}
