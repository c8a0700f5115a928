package io.calque.app.avatica;

import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.jspecify.annotations.Nullable;

/** One client's connection: its session, statements and properties. Thread-safe. */
final class OpenConnection implements AutoCloseable {
    // Calque's driver numbers its plain statements itself, from 1
    private static final int FIRST_OWN = 1 << 30;

    private final String id;
    private final Session session;
    private final RunningQueries queries;
    private final Signatures signatures;
    private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
    private final AtomicInteger nextStatement = new AtomicInteger(FIRST_OWN);
    private final AtomicInteger requests = new AtomicInteger();
    private final ConnectionPropertiesImpl properties;
    private volatile long lastUsed;

    OpenConnection(String id, Session session, Signatures.Dialect dialect, RunningQueries queries, long now) {
        this.queries = queries;
        this.id = id;
        this.session = session;
        this.signatures = new Signatures(dialect);
        this.lastUsed = now;
        this.properties =
                new ConnectionPropertiesImpl(true, true, java.sql.Connection.TRANSACTION_READ_COMMITTED, null, null);
    }

    String id() {
        return id;
    }

    Session session() {
        return session;
    }

    Principal principal() {
        return session.principal();
    }

    Signatures signatures() {
        return signatures;
    }

    boolean columnar() {
        return signatures.dialect() == Signatures.Dialect.CALQUE;
    }

    OpenStatement create(long now) {
        OpenStatement statement = new OpenStatement(nextStatement.getAndIncrement(), now, queries, principal());
        statements.put(statement.id(), statement);
        return statement;
    }

    /** The statement to run a text with: Calque's driver names new ones by itself. */
    OpenStatement forText(Meta.StatementHandle handle, long now) throws NoSuchStatementException {
        return columnar()
                ? statements.computeIfAbsent(handle.id, key -> new OpenStatement(key, now, queries, principal()))
                : get(handle);
    }

    OpenStatement get(Meta.StatementHandle handle) throws NoSuchStatementException {
        OpenStatement statement = statements.get(handle.id);
        if (statement == null) {
            throw new NoSuchStatementException(handle);
        }
        return statement;
    }

    @Nullable OpenStatement find(int statement) {
        return statements.get(statement);
    }

    void close(int statement) {
        OpenStatement open = statements.remove(statement);
        if (open != null) {
            open.cancel();
            open.exclusively(() -> {
                open.closeResult();
                return id;
            });
        }
    }

    /** Forgets a statement that Calque's driver will name again if it needs it. */
    void forget(OpenStatement statement) {
        if (columnar() && statement.id() < FIRST_OWN) {
            statements.remove(statement.id(), statement);
        }
    }

    /** Takes over changes and gives all properties back. */
    Meta.ConnectionProperties sync(Meta.ConnectionProperties changes) {
        synchronized (properties) {
            String catalog = changes.getCatalog();
            String schema = changes.getSchema();
            if (isChange(catalog, properties.getCatalog()) || isChange(schema, properties.getSchema())) {
                SearchPath.apply(
                        session,
                        isSet(catalog) ? catalog : properties.getCatalog(),
                        isSet(schema) ? schema : isSet(catalog) ? null : properties.getSchema());
            }
            properties.merge(changes);
            properties.setDirty(false);
            return new ConnectionPropertiesImpl(
                    properties.isAutoCommit(),
                    properties.isReadOnly(),
                    properties.getTransactionIsolation(),
                    properties.getCatalog(),
                    properties.getSchema());
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private static boolean isChange(@Nullable String value, @Nullable String current) {
        return isSet(value) && !java.util.Objects.equals(value, current);
    }

    void used(long now) {
        lastUsed = now;
    }

    void enter(long now) {
        requests.incrementAndGet();
        lastUsed = now;
    }

    void leave(long now) {
        lastUsed = now;
        requests.decrementAndGet();
    }

    boolean idleSince(long limit) {
        return requests.get() == 0 && lastUsed < limit;
    }

    void closeIdleStatements(long limit) {
        for (OpenStatement statement : List.copyOf(statements.values())) {
            if (statement.idleSince(limit) && statement.closeIfIdle(limit)) {
                statements.remove(statement.id(), statement);
            }
        }
    }

    @Override
    public void close() {
        for (Integer statement : List.copyOf(statements.keySet())) {
            close(statement);
        }
        session.close();
    }
}
