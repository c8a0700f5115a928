package io.calque.app;

import io.calque.app.auth.AccountAuthenticator;
import io.calque.app.auth.Authenticator;
import io.calque.app.config.ServerSettings;
import io.calque.app.deployment.Deployment;
import io.calque.app.http.HttpServer;
import io.calque.app.http.HttpServerConfig;
import io.calque.engine.SessionFactory;

/** The HTTP server as a deployment shows it. Thread-safe. */
record RunningEndpoint(HttpServer server, ServerSettings settings) implements Deployment.Endpoint {
    static RunningEndpoint start(ServerSettings settings, SessionFactory sessions) {
        HttpServerConfig plain = HttpServerConfig.of(settings.host(), settings.port());
        HttpServerConfig config = settings.tls().map(plain::withTls).orElse(plain);
        Authenticator authenticator =
                settings.accounts().isEmpty() ? Authenticator.open() : new AccountAuthenticator(settings.accounts());
        return new RunningEndpoint(HttpServer.start(config, sessions, authenticator), settings);
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String jdbcUrl() {
        String host = settings.host().equals("0.0.0.0") ? "localhost" : settings.host();
        return "jdbc:calque://" + host + ":" + port() + "/" + (settings.tls().isPresent() ? "?ssl=true" : "");
    }

    @Override
    public void close() {
        server.close();
    }
}
