package io.calque.registry.store;

import io.calque.spi.SourceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Reads how each source fared lately. */
final class HealthRows {
    private static final String ALL = """
            SELECT source, attempted_at, observed_at, last_error, read_at, read_failed_at, read_error
            FROM source_health""";

    private HealthRows() {}

    /** By source; those that were never asked anything are missing. */
    static Map<SourceId, SourceHealth> all(Connection connection) throws SQLException {
        Map<SourceId, SourceHealth> health = new TreeMap<>();
        Sql.each(connection, ALL, row -> {
            SourceId source = new SourceId(row.getString(1));
            health.put(
                    source,
                    new SourceHealth(
                            source,
                            Instant.parse(row.getString(2)),
                            Sql.text(row, 3).map(Instant::parse),
                            Sql.text(row, 4),
                            Sql.text(row, 5).map(Instant::parse),
                            Sql.text(row, 6).map(Instant::parse),
                            Sql.text(row, 7)));
        });
        return health;
    }
}
