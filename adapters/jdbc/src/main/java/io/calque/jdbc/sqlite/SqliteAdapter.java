package io.calque.jdbc.sqlite;

import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;

/** Opens SQLite files. Stateless. */
public final class SqliteAdapter implements Adapter {
    public static final String KIND = "sqlite";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Source open(SourceConfig config) {
        return new SqliteSource(config, SqliteSettings.of(config));
    }
}
