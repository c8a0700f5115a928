package io.calque.app.http;

import io.calque.app.auth.Authenticator;
import io.calque.app.avatica.AvaticaService;
import io.calque.app.avatica.AvaticaService.MalformedRequestException;
import io.calque.app.avatica.RunningQueries;
import io.calque.engine.SessionFactory;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoint, listening. Thread-safe; closing it ends all connections and their queries. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final HttpServerConfig config;
    private final Authenticator authenticator;
    private final AvaticaService avatica;
    private final AvaticaEndpoint avaticaEndpoint;
    private final SqlEndpoint sqlEndpoint;
    private final ClientWatches watches = new ClientWatches();
    private final Metrics metrics;
    private final Javalin javalin;

    private HttpServer(HttpServerConfig config, SessionFactory sessions, Authenticator authenticator) {
        this.config = config;
        this.authenticator = authenticator;
        RunningQueries queries = new RunningQueries();
        this.avatica = new AvaticaService(sessions, config.avatica(), InstantSource.system(), queries);
        this.avaticaEndpoint = new AvaticaEndpoint(avatica, watches);
        this.sqlEndpoint = new SqlEndpoint(sessions, queries, watches);
        this.metrics = new Metrics(avatica);
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts to listen.
     *
     * @throws QueryException CONFIG_INVALID when the port is taken, the address is not ours or the certificates cannot be read
     */
    public static HttpServer start(HttpServerConfig config, SessionFactory sessions, Authenticator authenticator) {
        HttpServer server = new HttpServer(config, sessions, authenticator);
        boolean started = false;
        try {
            server.javalin.start();
            started = true;
            if (authenticator.isOpen() && !isLoopback(config.host())) {
                LOG.warn("the endpoint is open to everybody who can reach {}: configure users", config.host());
            }
            LOG.info(
                    "listening address={} port={} tls={}",
                    config.host(),
                    server.port(),
                    config.tls().isPresent());
            return server;
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw notStarted(config, e);
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static QueryException notStarted(HttpServerConfig config, RuntimeException e) {
        String address = config.host() + ":" + config.port();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof QueryException failure) {
                return failure;
            }
            if (cause instanceof BindException
                    || cause.getClass().getSimpleName().equals("JavalinBindException")) {
                return new QueryException(
                        ErrorCode.CONFIG_INVALID,
                        "Cannot listen on " + address
                                + ": the port is in use, or the address is not this machine's. Choose"
                                + " another with --port, or 0 for any free one",
                        e);
            }
        }
        return new QueryException(ErrorCode.CONFIG_INVALID, "Cannot listen on " + address + ": " + e.getMessage(), e);
    }

    private void configure(JavalinConfig javalinConfig) {
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(config.threads(), Math.min(8, config.threads()));
        threads.setName("calque-http");
        javalinConfig.jetty.threadPool = threads;
        javalinConfig.jetty.addConnector((Server server, org.eclipse.jetty.server.HttpConfiguration http) ->
                Connector.create(server, http, config));
        javalinConfig.routes.post("/", context -> authenticated(context, this::avatica));
        javalinConfig.routes.post("/v1/sql", context -> authenticated(context, this::sql));
        javalinConfig.routes.post("/v1/queries/{id}/cancel", context -> authenticated(context, this::cancel));
        javalinConfig.routes.get(
                "/v1/health", context -> context.contentType("application/json").result("{\"status\":\"up\"}"));
        javalinConfig.routes.get("/metrics", context -> authenticated(context, this::metrics));
        javalinConfig.routes.exception(Exception.class, HttpServer::internal);
    }

    private interface Answer {
        void to(Context context, Principal principal) throws Exception;
    }

    private void authenticated(Context context, Answer answer) throws Exception {
        Principal principal;
        try {
            principal = authenticator.authenticate(Optional.ofNullable(context.header("Authorization")));
        } catch (QueryException e) {
            context.header("WWW-Authenticate", "Basic realm=\"Calque\", charset=\"UTF-8\"");
            refuse(context, 401, String.valueOf(e.getMessage()));
            return;
        }
        try {
            answer.to(context, principal);
        } catch (RequestBody.TooLargeException e) {
            // the rest of the body is not worth reading
            context.header("Connection", "close");
            refuse(context, 413, String.valueOf(e.getMessage()));
        } catch (MalformedRequestException e) {
            refuse(context, 400, String.valueOf(e.getMessage()));
        }
    }

    private void avatica(Context context, Principal principal) throws Exception {
        metrics.avaticaRequest();
        byte[] body = RequestBody.read(context, config.maxRequestBytes());
        avaticaEndpoint.handle(context, body, principal);
    }

    private void sql(Context context, Principal principal) throws Exception {
        metrics.sqlRequest();
        sqlEndpoint.handle(context, RequestBody.read(context, config.maxRequestBytes()), principal);
    }

    private void cancel(Context context, Principal principal) {
        boolean found = avatica.queries().cancel(context.pathParam("id"), principal);
        context.status(found ? 200 : 404).contentType("application/json").result("{\"cancelled\":" + found + "}");
    }

    private void metrics(Context context, Principal principal) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }

    private static void refuse(Context context, int status, String message) {
        context.status(status).contentType("text/plain; charset=utf-8").result(message + "\n");
    }

    private static void internal(Exception e, Context context) {
        if (isClientGone(e)) {
            LOG.debug("client went away", e);
            return;
        }
        LOG.error("request failed path={}", context.path(), e);
        refuse(context, 500, "A defect in Calque; the server's log has the details");
    }

    private static boolean isClientGone(@Nullable Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** Where it listens, also when the configuration left the choice to the system. */
    public int port() {
        return javalin.port();
    }

    /** The engine's face to JDBC clients. */
    public AvaticaService avatica() {
        return avatica;
    }

    @Override
    public void close() {
        // queries first, so that Jetty need not wait for requests that read them
        avatica.close();
        javalin.stop();
        watches.close();
    }
}
