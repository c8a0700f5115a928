package io.calque.jdbc.sqlite;

import io.calque.jdbc.compiler.SqlitePushdown;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.pool.ConnectionPool.Transactions;
import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;

/** One SQLite file with what is attached to it. Thread-safe. */
final class SqliteSource implements Source {
    private final SourceConfig config;
    private final ConnectionPool pool;
    private final SqliteFailures failures;
    private final Introspector introspector;
    private final Capabilities capabilities = SqlitePushdown.capabilities();
    private final FragmentCompiler compiler;

    SqliteSource(SourceConfig config, SqliteSettings settings) {
        this.config = config;
        this.pool = new ConnectionPool(config, Transactions.EXPLICIT, settings::open);
        this.failures = new SqliteFailures(config.id(), settings.file());
        this.introspector = new SqliteIntrospector(config, settings, pool, failures, Clock.systemUTC());
        this.compiler = SqlitePushdown.compiler(config.id());
    }

    @Override
    public SourceId id() {
        return config.id();
    }

    @Override
    public String kind() {
        return SqliteAdapter.KIND;
    }

    @Override
    public int permits() {
        return config.permits();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Introspector introspector() {
        return introspector;
    }

    @Override
    public FragmentCompiler compiler() {
        return compiler;
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        return new SqlitePassThrough(config, pool, failures).describe(nativeText);
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return SqliteReadSession.begin(pool, failures, options);
    }

    @Override
    public void close() {
        pool.close();
    }
}
