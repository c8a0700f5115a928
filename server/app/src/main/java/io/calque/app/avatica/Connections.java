package io.calque.app.avatica;

import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All open connections by id, and the end of those that nobody uses. Thread-safe. */
final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Set<String> NOT_SETTINGS =
            Set.of(WireFields.OPEN_PROPERTY, "user", "password", "catalog", "schema");

    private final SessionFactory sessions;
    private final AvaticaOptions options;
    private final InstantSource clock;
    private final RunningQueries queries;
    private final Map<String, OpenConnection> open = new ConcurrentHashMap<>();

    Connections(SessionFactory sessions, AvaticaOptions options, InstantSource clock, RunningQueries queries) {
        this.queries = queries;
        this.sessions = sessions;
        this.options = options;
        this.clock = clock;
    }

    long now() {
        return clock.millis();
    }

    int size() {
        return open.size();
    }

    void open(String id, Map<String, String> info, Principal principal) {
        if (id == null || id.isBlank()) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, "A connection needs an id");
        }
        boolean own = info.containsKey(WireFields.OPEN_PROPERTY);
        Session session = own ? sessions.open(principal, settings(info)) : plain(info, principal);
        boolean kept = false;
        try {
            SearchPath.apply(session, info.get("catalog"), info.get("schema"));
            OpenConnection connection = new OpenConnection(
                    id, session, own ? Signatures.Dialect.CALQUE : Signatures.Dialect.PLAIN, queries, now());
            if (open.putIfAbsent(id, connection) != null) {
                throw new QueryException(ErrorCode.INVALID_PARAMETER, "Connection " + id + " is open already");
            }
            kept = true;
        } finally {
            if (!kept) {
                session.close();
            }
        }
        LOG.debug("connection opened id={} user={}", id, principal.name());
    }

    private static Map<String, String> settings(Map<String, String> info) {
        Map<String, String> settings = new TreeMap<>(info);
        settings.keySet().removeAll(NOT_SETTINGS);
        return settings;
    }

    /** A plain Avatica client sends its own properties along: only names of settings mean something here. */
    private Session plain(Map<String, String> info, Principal principal) {
        Session session = sessions.open(principal, Map.of());
        for (String setting : List.copyOf(session.settings().keySet())) {
            String value = info.get(setting);
            if (value != null) {
                session.set(setting, value);
            }
        }
        return session;
    }

    /**
     * @throws NoSuchConnectionException when it was never open, was closed or has expired
     */
    OpenConnection get(String id, Principal principal) {
        OpenConnection connection = id == null ? null : open.get(id);
        if (connection == null) {
            throw new NoSuchConnectionException(String.valueOf(id));
        }
        if (!connection.principal().name().equals(principal.name())) {
            throw new QueryException(ErrorCode.ACCESS_DENIED, "The connection belongs to another user");
        }
        return connection;
    }

    void close(String id) {
        OpenConnection connection = open.remove(id);
        if (connection != null) {
            connection.close();
            LOG.debug("connection closed id={}", id);
        }
    }

    /** Stops what a statement runs, if there is such a statement. */
    void cancel(String id, int statement, Principal principal) {
        OpenConnection connection = open.get(id);
        if (connection != null && connection.principal().name().equals(principal.name())) {
            OpenStatement running = connection.find(statement);
            if (running != null) {
                running.cancel();
            }
        }
    }

    /** Closes connections and statements that were idle for too long; running ones never. */
    void expire() {
        long now = now();
        long connectionLimit = now - options.connectionIdle().toMillis();
        long statementLimit = now - options.statementIdle().toMillis();
        for (OpenConnection connection : new ArrayList<>(open.values())) {
            if (connection.idleSince(connectionLimit)) {
                LOG.info("connection expired id={}", connection.id());
                close(connection.id());
            } else {
                connection.closeIdleStatements(statementLimit);
            }
        }
    }

    @Override
    public void close() {
        for (String id : List.copyOf(open.keySet())) {
            close(id);
        }
    }
}
