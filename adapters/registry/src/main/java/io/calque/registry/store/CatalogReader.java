package io.calque.registry.store;

import io.calque.registry.override.OverriddenCatalog;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one version of the catalog inside one transaction. Single-threaded. */
final class CatalogReader {
    static final String VALID = "valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)";

    private final Connection connection;
    private final @Nullable Connection second;

    CatalogReader(Connection connection) {
        this(connection, null);
    }

    /**
     * @param second another connection to the same database, for much at once; null where there is none
     */
    CatalogReader(Connection connection, @Nullable Connection second) {
        this.connection = connection;
        this.second = second;
    }

    long newestVersion() throws SQLException {
        return Sql.number(connection, "SELECT max(version) FROM versions");
    }

    /**
     * The newest version.
     *
     * @param known tables that are still the same are taken from it instead of being read
     */
    StoredCatalog newest(StoredCatalog known) throws SQLException {
        return read(newestVersion(), known, sourceHealth());
    }

    /** A version of the past; health belongs to the present and is left out. */
    StoredCatalog at(long version, StoredCatalog known) throws SQLException {
        return read(version, known, Map.of());
    }

    private StoredCatalog read(long version, StoredCatalog known, Map<String, Health> health) throws SQLException {
        try {
            return readRows(version, known, health);
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new SQLException("a row holds what no Calque has written: " + e.getMessage(), e);
        }
    }

    private StoredCatalog readRows(long version, StoredCatalog known, Map<String, Health> health) throws SQLException {
        Map<Long, StoredTable> tables = new TableReader(connection, second, version).read(known.tables());
        Map<SourceId, List<TableDescriptor>> bySource = new HashMap<>();
        tables.values()
                .forEach(t -> bySource.computeIfAbsent(t.table().name().source(), id -> new ArrayList<>())
                        .add(t.table()));
        Map<SourceId, List<UserTypeDescriptor>> userTypes = UserTypeRows.read(connection, version);
        List<SourceSnapshot> sources = new ArrayList<>();
        Sql.each(
                connection,
                "SELECT source, kind, product FROM sources WHERE " + VALID,
                row -> {
                    SourceId id = new SourceId(row.getString(1));
                    Health seen = health.getOrDefault(id.value(), Health.NONE);
                    sources.add(new SourceSnapshot(
                            id,
                            row.getString(2),
                            row.getString(3),
                            bySource.getOrDefault(id, List.of()),
                            userTypes.getOrDefault(id, List.of()),
                            seen.observedAt(),
                            seen.lastError()));
                },
                version);
        CatalogSnapshot observed = new CatalogSnapshot(
                version,
                publishedAt(version),
                sources,
                views(version),
                RelationshipRows.read(connection, version),
                AnnotationRows.read(connection, version),
                List.of(),
                OntologyRows.read(connection, version));
        return new StoredCatalog(observed, OverriddenCatalog.of(observed), tables);
    }

    private Instant publishedAt(long version) throws SQLException {
        List<Instant> found = new ArrayList<>();
        Sql.each(
                connection,
                "SELECT published_at FROM versions WHERE version = ?1",
                row -> found.add(Instant.parse(row.getString(1))),
                version);
        return found.isEmpty() ? Instant.EPOCH : found.get(0);
    }

    private Map<String, Health> sourceHealth() throws SQLException {
        Map<String, Health> health = new HashMap<>();
        Sql.each(
                connection,
                "SELECT source, observed_at, last_error FROM source_health",
                row -> health.put(
                        row.getString(1), new Health(Sql.text(row, 2).map(Instant::parse), Sql.text(row, 3))));
        return health;
    }

    private List<ViewDescriptor> views(long version) throws SQLException {
        List<ViewDescriptor> views = new ArrayList<>();
        Sql.each(
                connection,
                "SELECT view_name, sql, column_names, search_path, owner, created_at FROM views WHERE " + VALID,
                row -> views.add(new ViewDescriptor(
                        row.getString(1),
                        row.getString(2),
                        JsonText.texts(row.getString(3)),
                        JsonText.texts(row.getString(4)),
                        row.getString(5),
                        Instant.parse(row.getString(6)))),
                version);
        return views;
    }

    private record Health(Optional<Instant> observedAt, Optional<String> lastError) {
        static final Health NONE = new Health(Optional.empty(), Optional.empty());
    }
}
