package io.calque.app.scripts;

import io.calque.embedded.chinook.ChinookWorld;

/** The configuration file of a user who has the Chinook sample in three databases. Stateless. */
final class ChinookConfiguration {
    private ChinookConfiguration() {}

    static String yaml(ChinookWorld world) {
        return """
                sources:
                  sales:
                    kind: postgresql
                    url: %s
                    user: %s
                    password: %s
                  music:
                    kind: mongodb
                    url: %s
                  office:
                    kind: sqlite
                    url: %s
                """.formatted(
                        world.sales().jdbcUrl(),
                        world.sales().user(),
                        world.sales().password(),
                        world.music().connectionString(),
                        world.office().jdbcUrl());
    }
}
