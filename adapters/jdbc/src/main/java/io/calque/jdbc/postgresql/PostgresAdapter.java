package io.calque.jdbc.postgresql;

import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;

/** Opens PostgreSQL databases. Stateless. */
public final class PostgresAdapter implements Adapter {
    public static final String KIND = "postgresql";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Source open(SourceConfig config) {
        return new PostgresSource(config, PostgresSettings.of(config));
    }
}
