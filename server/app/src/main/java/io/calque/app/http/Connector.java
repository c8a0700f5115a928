package io.calque.app.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes Jetty's connector as the configuration asks for it. Stateless. */
final class Connector {
    private Connector() {}

    static ServerConnector create(Server server, HttpConfiguration http, HttpServerConfig config) {
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(16 * 1024);
        http.setOutputBufferSize(64 * 1024);
        Optional<TlsConfig> tls = config.tls();
        ServerConnector connector = tls.isEmpty()
                ? new ServerConnector(server, 1, 1, new HttpConnectionFactory(http))
                : new ServerConnector(
                        server,
                        1,
                        1,
                        new SslConnectionFactory(certificates(tls.get()), HttpVersion.HTTP_1_1.asString()),
                        secure(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(config.idleTimeout().toMillis());
        connector.setReuseAddress(true);
        return connector;
    }

    private static HttpConnectionFactory secure(HttpConfiguration http) {
        HttpConfiguration secured = new HttpConfiguration(http);
        // which name a client asks for is no secret of ours: an address or localhost must work too
        secured.addCustomizer(new SecureRequestCustomizer(false));
        return new HttpConnectionFactory(secured);
    }

    private static SslContextFactory.Server certificates(TlsConfig tls) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(
                KeyStores.load(tls.keyStore(), tls.key(), tls.password().reveal()));
        context.setKeyStorePassword(tls.password().reveal());
        tls.clientTrust().ifPresent(file -> {
            context.setTrustStore(KeyStores.load(
                    file,
                    tls.clientTrustPassword().map(secret -> secret.reveal()).orElse("")));
            context.setNeedClientAuth(true);
        });
        return context;
    }
}
