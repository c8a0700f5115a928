package io.calque.jdbc.postgresql;

import io.calque.jdbc.compiler.PostgresPushdown;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.pool.ConnectionPool.Transactions;
import io.calque.jdbc.pool.PooledSource;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;

/** Opens PostgreSQL databases. Stateless. */
public final class PostgresAdapter implements Adapter {
    public static final String KIND = "postgresql";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Source open(SourceConfig config) {
        PostgresSettings settings = PostgresSettings.of(config);
        ConnectionPool pool = new ConnectionPool(config, Transactions.AUTOMATIC, settings::open);
        PostgresFailures failures = new PostgresFailures(config.id(), settings.host(), settings.database());
        ReadSizes sizes = new ReadSizes();
        return new PooledSource(
                config,
                pool,
                new PostgresIntrospector(config, settings.options(), pool, failures, Clock.systemUTC()),
                PostgresPushdown.capabilities(),
                PostgresPushdown.compiler(config.id()),
                text -> new PostgresPassThrough(config, pool, failures).describe(text),
                options -> PostgresReadSession.begin(pool, failures, options, sizes));
    }
}
