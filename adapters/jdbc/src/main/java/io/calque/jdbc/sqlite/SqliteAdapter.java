package io.calque.jdbc.sqlite;

import io.calque.jdbc.compiler.SqlitePushdown;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.pool.ConnectionPool.Transactions;
import io.calque.jdbc.pool.PooledSource;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;

/** Opens SQLite files. Stateless. */
public final class SqliteAdapter implements Adapter {
    public static final String KIND = "sqlite";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Source open(SourceConfig config) {
        SqliteSettings settings = SqliteSettings.of(config);
        ConnectionPool pool = new ConnectionPool(config, Transactions.EXPLICIT, settings::open);
        SqliteFailures failures = new SqliteFailures(config.id(), settings.file());
        return new PooledSource(
                config,
                pool,
                new SqliteIntrospector(config, settings, pool, failures, Clock.systemUTC()),
                SqlitePushdown.capabilities(),
                SqlitePushdown.compiler(config.id()),
                text -> new SqlitePassThrough(config, pool, failures).describe(text),
                options -> SqliteReadSession.begin(pool, failures, options));
    }
}
