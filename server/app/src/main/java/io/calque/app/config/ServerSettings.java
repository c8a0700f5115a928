package io.calque.app.config;

import io.calque.app.auth.Account;
import io.calque.app.http.TlsConfig;
import java.util.List;
import java.util.Optional;

/**
 * Where the endpoint listens and whom it lets in. Immutable.
 *
 * @param port 0 lets the system choose
 * @param accounts empty means no authentication
 */
public record ServerSettings(String host, int port, Optional<TlsConfig> tls, List<Account> accounts) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8765;
    public static final ServerSettings DEFAULT =
            new ServerSettings(DEFAULT_HOST, DEFAULT_PORT, Optional.empty(), List.of());

    public ServerSettings {
        accounts = List.copyOf(accounts);
    }

    public ServerSettings withPort(int newPort) {
        return new ServerSettings(host, newPort, tls, accounts);
    }

    public ServerSettings withHost(String newHost) {
        return new ServerSettings(newHost, port, tls, accounts);
    }
}
