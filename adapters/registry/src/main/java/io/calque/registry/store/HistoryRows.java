package io.calque.registry.store;

import io.calque.registry.drift.Impact;
import io.calque.spi.SourceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what was published when, by whom, and what each version changed. */
final class HistoryRows {
    private static final String VERSIONS = """
            SELECT v.version, v.published_at, v.cause, v.author, (SELECT count(*) FROM changes c WHERE c.version = v.version)
            FROM versions v ORDER BY v.version""";
    private static final String CHANGES = """
            SELECT c.version, v.published_at, c.kind, c.impact, c.source, c.schema_name, c.table_name,
                   c.object_name, c.description
            FROM changes c JOIN versions v ON v.version = c.version
            WHERE c.version > ?1 ORDER BY c.version, c.position""";

    private HistoryRows() {}

    /** All versions, oldest first. */
    static List<RegistryVersion> versions(Connection connection) throws SQLException {
        List<RegistryVersion> versions = new ArrayList<>();
        Sql.each(
                connection,
                VERSIONS,
                row -> versions.add(new RegistryVersion(
                        row.getLong(1),
                        Instant.parse(row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5))));
        return versions;
    }

    /** Every change of every version after {@code version}, oldest first. */
    static List<RecordedChange> changesAfter(Connection connection, long version) throws SQLException {
        List<RecordedChange> changes = new ArrayList<>();
        Sql.each(
                connection,
                CHANGES,
                row -> changes.add(new RecordedChange(
                        row.getLong(1),
                        Instant.parse(row.getString(2)),
                        row.getString(3),
                        Impact.valueOf(row.getString(4)),
                        Sql.text(row, 5).map(SourceId::new),
                        Sql.text(row, 6),
                        Sql.text(row, 7),
                        Sql.text(row, 8),
                        row.getString(9))),
                version);
        return changes;
    }
}
