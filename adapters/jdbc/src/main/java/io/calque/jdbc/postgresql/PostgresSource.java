package io.calque.jdbc.postgresql;

import io.calque.jdbc.compiler.PostgresPushdown;
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

/** One PostgreSQL database. Thread-safe. */
final class PostgresSource implements Source {
    private final SourceConfig config;
    private final ConnectionPool pool;
    private final PostgresFailures failures;
    private final Introspector introspector;
    private final Capabilities capabilities = PostgresPushdown.capabilities();
    private final FragmentCompiler compiler;

    PostgresSource(SourceConfig config, PostgresSettings settings) {
        this.config = config;
        this.pool = new ConnectionPool(config, Transactions.AUTOMATIC, settings::open);
        this.failures = new PostgresFailures(config.id(), settings.host(), settings.database());
        this.introspector = new PostgresIntrospector(config, settings.options(), pool, failures, Clock.systemUTC());
        this.compiler = PostgresPushdown.compiler(config.id());
    }

    @Override
    public SourceId id() {
        return config.id();
    }

    @Override
    public String kind() {
        return PostgresAdapter.KIND;
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
        return new PostgresPassThrough(config, pool, failures).describe(nativeText);
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return PostgresReadSession.begin(pool, failures, options);
    }

    @Override
    public void close() {
        pool.close();
    }
}
