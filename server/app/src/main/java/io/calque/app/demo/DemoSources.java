package io.calque.app.demo;

import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.chinook.ChinookWorld;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.SourceConfig;
import java.util.List;

/** The sample's databases as a configuration would name them. Stateless. */
public final class DemoSources {
    private DemoSources() {}

    public static List<SourceConfig> of(ChinookWorld world) {
        PostgresDatabase sales = world.sales();
        return List.of(
                SourceConfig.of(new SourceId("sales"), "postgresql", sales.jdbcUrl())
                        .withCredentials(sales.user(), new Secret(sales.password())),
                SourceConfig.of(new SourceId("music"), "mongodb", world.music().connectionString()),
                SourceConfig.of(new SourceId("office"), "sqlite", world.office().jdbcUrl()));
    }
}
