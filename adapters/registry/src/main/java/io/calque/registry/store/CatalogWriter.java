package io.calque.registry.store;

import io.calque.registry.drift.CatalogChange;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ViewDescriptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes one new version inside the transaction of its publication. Single-threaded. */
final class CatalogWriter {
    private final Connection connection;
    private final long version;

    private CatalogWriter(Connection connection, long version) {
        this.connection = connection;
        this.version = version;
    }

    /** Starts the version after {@code newest} and records its changes. */
    static CatalogWriter begin(
            Connection connection, long newest, Instant now, String cause, List<? extends CatalogChange> changes)
            throws SQLException {
        return begin(connection, newest, now, cause, "", changes);
    }

    /**
     * @param author the person whose edit it is; empty for what Calque finds by itself
     */
    static CatalogWriter begin(
            Connection connection,
            long newest,
            Instant now,
            String cause,
            String author,
            List<? extends CatalogChange> changes)
            throws SQLException {
        long version = newest + 1;
        Sql.update(connection, "INSERT INTO versions VALUES (?1, ?2, ?3, ?4)", version, now.toString(), cause, author);
        putChanges(connection, version, 0, changes);
        return new CatalogWriter(connection, version);
    }

    /** @param first the position of the first of them within the version */
    static void putChanges(Connection connection, long version, int first, List<? extends CatalogChange> changes)
            throws SQLException {
        try (Insert rows = new Insert(connection, "changes", 9)) {
            int position = first;
            for (CatalogChange change : changes) {
                rows.row(
                        version,
                        position++,
                        change.kind(),
                        change.impact().name(),
                        change.source().map(SourceId::value).orElse(null),
                        change.table().map(TableName::schema).orElse(null),
                        change.table().map(TableName::table).orElse(null),
                        change.object().orElse(null),
                        change.description());
            }
            rows.flush();
        }
    }

    long version() {
        return version;
    }

    void putSource(SourceId source, String kind, String product) throws SQLException {
        removeSource(source);
        Sql.update(
                connection,
                "INSERT INTO sources (source, kind, product, valid_from) VALUES (?1, ?2, ?3, ?4)",
                source.value(),
                kind,
                product,
                version);
    }

    void removeSource(SourceId source) throws SQLException {
        Sql.update(
                connection,
                "UPDATE sources SET valid_to = ?1 WHERE source = ?2 AND valid_to IS NULL",
                version,
                source.value());
    }

    void removeTables(List<StoredTable> tables) throws SQLException {
        for (StoredTable table : tables) {
            Sql.update(connection, "UPDATE tables SET valid_to = ?1 WHERE table_id = ?2", version, table.id());
            removeStatistics(table);
        }
    }

    void removeStatistics(StoredTable table) throws SQLException {
        Sql.update(
                connection,
                "UPDATE statistics SET valid_to = ?1 WHERE statistics_id = ?2",
                version,
                table.statisticsId());
    }

    TableInserts tableInserts() throws SQLException {
        return new TableInserts(connection, version);
    }

    void addView(ViewDescriptor view, String foldedName) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO views (view_name, folded_name, sql, column_names, search_path, owner, created_at, valid_from)"
                        + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                view.name(),
                foldedName,
                view.sql(),
                JsonText.of(view.columnNames()),
                JsonText.of(view.searchPath()),
                view.owner(),
                view.createdAt().toString(),
                version);
    }

    void removeView(String foldedName) throws SQLException {
        Sql.update(
                connection,
                "UPDATE views SET valid_to = ?1 WHERE folded_name = ?2 AND valid_to IS NULL",
                version,
                foldedName);
    }

    /** How an attempt to read a source went; no version of its own. */
    static void putHealth(Connection connection, SourceId source, Instant now, Optional<String> error)
            throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO source_health (source, attempted_at, observed_at, last_error) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (source) DO UPDATE SET attempted_at = excluded.attempted_at,
                  observed_at = coalesce(excluded.observed_at, observed_at), last_error = excluded.last_error""",
                source.value(),
                now.toString(),
                error.isPresent() ? null : now.toString(),
                error.orElse(null));
    }

    /** How a query fared at a source. */
    static void putRead(Connection connection, SourceId source, Instant at, Optional<String> error)
            throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO source_health (source, attempted_at, read_at, read_failed_at, read_error)
                VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (source) DO UPDATE SET read_at = coalesce(excluded.read_at, read_at),
                  read_failed_at = coalesce(excluded.read_failed_at, read_failed_at),
                  read_error = coalesce(excluded.read_error, read_error)""",
                source.value(),
                at.toString(),
                error.isPresent() ? null : at.toString(),
                error.isPresent() ? at.toString() : null,
                error.orElse(null));
    }

    static void removeHealth(Connection connection, SourceId source) throws SQLException {
        Sql.update(connection, "DELETE FROM source_health WHERE source = ?1", source.value());
    }

    /** The same figures, measured again: only their age changes. */
    static void touchStatistics(Connection connection, StoredTable table, Optional<Instant> measuredAt)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE statistics SET measured_at = ?1 WHERE statistics_id = ?2",
                measuredAt.map(Instant::toString).orElse(null),
                table.statisticsId());
    }
}
