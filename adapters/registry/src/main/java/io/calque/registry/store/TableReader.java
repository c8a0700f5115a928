package io.calque.registry.store;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.type.DataType;
import io.calque.spi.type.DataTypeText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of one version, and of these only the ones not known already: ids of unknown tables make few unbroken
 * runs, and each run is one range read per kind of part. Single-threaded, used once.
 */
final class TableReader {
    /** Fewer tables are not worth a thread. */
    private static final int MANY = 200;

    private static final SortedMap<String, String> NO_FACTS = Collections.unmodifiableSortedMap(new TreeMap<>());

    private final Connection connection;
    private final @Nullable Connection second;
    private final long version;
    private final SortedMap<Long, Parts> byTable = new TreeMap<>();
    private final SortedMap<Long, Parts> byStatistics = new TreeMap<>();
    private final Map<String, DataType> types = new HashMap<>();
    private final Map<String, String> nativeTypes = new HashMap<>();
    private final Map<String, SortedMap<String, String>> facts = new HashMap<>();

    /**
     * @param second another connection to the same database, which nobody else uses meanwhile; null where there is none
     */
    TableReader(Connection connection, @Nullable Connection second, long version) {
        this.connection = connection;
        this.second = second;
        this.version = version;
    }

    /** By id, in order. */
    Map<Long, StoredTable> read(Map<Long, StoredTable> known) throws SQLException {
        Map<Long, StoredTable> tables = new TreeMap<>();
        heads(known, tables);
        Figures figures = Figures.start(this);
        for (Run run : Run.of(byTable.keySet())) {
            columns(run);
            keys(run);
            foreignKeys(run);
            indexes(run);
            nesting(run);
        }
        figures.finish();
        byTable.forEach((id, parts) -> tables.put(id, parts.stored(id)));
        return tables;
    }

    private boolean readStatistics(Connection from) throws SQLException {
        for (Run run : Run.of(byStatistics.keySet())) {
            columnStatistics(from, byStatistics, run);
        }
        return true;
    }

    private void heads(Map<Long, StoredTable> known, Map<Long, StoredTable> tables) throws SQLException {
        String sql = """
                SELECT t.table_id, s.statistics_id, s.measured_at, s.row_count,
                       t.source, t.schema_name, t.table_name, t.kind, t.comment, t.facts, t.fingerprint
                FROM tables t LEFT JOIN statistics s ON s.table_id = t.table_id
                  AND s.valid_from <= ?1 AND (s.valid_to IS NULL OR s.valid_to > ?1)
                WHERE t.valid_from <= ?1 AND (t.valid_to IS NULL OR t.valid_to > ?1)
                ORDER BY t.table_id""";
        Sql.each(
                connection,
                sql,
                row -> {
                    long id = row.getLong(1);
                    long statisticsId = row.getLong(2);
                    Optional<Instant> measuredAt = Sql.text(row, 3).map(Instant::parse);
                    StoredTable same = known.get(id);
                    if (same != null
                            && same.statisticsId() == statisticsId
                            && same.table().statistics().measuredAt().equals(measuredAt)) {
                        tables.put(id, same);
                        return;
                    }
                    Parts parts = new Parts(row, statisticsId, measuredAt);
                    byTable.put(id, parts);
                    if (statisticsId != 0) {
                        byStatistics.put(statisticsId, parts);
                    }
                },
                version);
    }

    private void columns(Run run) throws SQLException {
        // Each value costs a call into native code, and most columns have no path, default, comment or facts of their
        // own:
        // one number says which are worth fetching.
        String sql = """
                SELECT table_id, column_name, data_type, native_type,
                       is_nullable + 2 * (path IS NOT NULL OR default_value IS NOT NULL OR generation <> 'NONE'
                                          OR comment <> '' OR facts IS NOT NULL),
                       path, default_value, generation, comment, facts
                FROM columns WHERE table_id BETWEEN ?1 AND ?2 ORDER BY table_id, position""";
        each(sql, run, byTable, (parts, row) -> {
            String name = row.getString(2);
            DataType type = types.computeIfAbsent(row.getString(3), DataTypeText::parse);
            String nativeType = nativeTypes.computeIfAbsent(row.getString(4), text -> text);
            int marks = row.getInt(5);
            boolean nullable = (marks & 1) != 0;
            if ((marks & 2) == 0) {
                Nullability nullability = nullable ? Nullability.NULLABLE : Nullability.NOT_NULL;
                parts.columns.add(ColumnDescriptor.of(name, type, nativeType, nullability));
                return;
            }
            String path = row.getString(6);
            parts.columns.add(new ColumnDescriptor(
                    name,
                    path == null ? List.of(name) : JsonText.texts(path),
                    type,
                    nativeType,
                    nullable,
                    Sql.text(row, 7),
                    Generation.valueOf(row.getString(8)),
                    row.getString(9),
                    factsOf(row.getString(10))));
        });
    }

    /** Many columns say the same. */
    private SortedMap<String, String> factsOf(@Nullable String json) throws SQLException {
        if (json == null) {
            return NO_FACTS;
        }
        SortedMap<String, String> read = facts.get(json);
        if (read == null) {
            read = JsonText.facts(json);
            facts.put(json, read);
        }
        return read;
    }

    private void keys(Run run) throws SQLException {
        Map<Parts, Map<Integer, List<String>>> columns = new HashMap<>();
        each(
                """
                SELECT table_id, key_number, column_name
                FROM key_columns WHERE table_id BETWEEN ?1 AND ?2 ORDER BY table_id, key_number, position""",
                run,
                byTable,
                (parts, row) -> list(columns, parts, row.getInt(2)).add(row.getString(3)));
        each("""
                SELECT table_id, key_number, key_name, is_primary
                FROM keys WHERE table_id BETWEEN ?1 AND ?2 ORDER BY table_id, key_number""", run, byTable, (parts, row) -> {
            KeyDescriptor key = new KeyDescriptor(row.getString(3), list(columns, parts, row.getInt(2)));
            if (row.getInt(4) != 0) {
                parts.primaryKey = key;
            } else {
                parts.uniqueKeys.add(key);
            }
        });
    }

    private void foreignKeys(Run run) throws SQLException {
        Map<Parts, Map<Integer, List<String>>> columns = new HashMap<>();
        Map<Parts, Map<Integer, List<String>>> targets = new HashMap<>();
        each("""
                SELECT table_id, key_number, column_name, target_column
                FROM foreign_key_columns WHERE table_id BETWEEN ?1 AND ?2 ORDER BY table_id, key_number, position""", run, byTable, (parts, row) -> {
            list(columns, parts, row.getInt(2)).add(row.getString(3));
            list(targets, parts, row.getInt(2)).add(row.getString(4));
        });
        each(
                """
                SELECT table_id, key_number, key_name, target_source, target_schema, target_table
                FROM foreign_keys WHERE table_id BETWEEN ?1 AND ?2 ORDER BY table_id, key_number""",
                run,
                byTable,
                (parts, row) -> parts.foreignKeys.add(new ForeignKeyDescriptor(
                        row.getString(3),
                        list(columns, parts, row.getInt(2)),
                        new TableName(new SourceId(row.getString(4)), row.getString(5), row.getString(6)),
                        list(targets, parts, row.getInt(2)))));
    }

    private void indexes(Run run) throws SQLException {
        Map<Parts, Map<Integer, List<IndexDescriptor.IndexColumn>>> columns = new HashMap<>();
        each(
                """
                SELECT table_id, index_number, column_name, is_expression, is_descending
                FROM index_columns WHERE table_id BETWEEN ?1 AND ?2 ORDER BY table_id, index_number, position""",
                run,
                byTable,
                (parts, row) -> list(columns, parts, row.getInt(2))
                        .add(new IndexDescriptor.IndexColumn(
                                row.getString(3), row.getInt(4) != 0, row.getInt(5) != 0)));
        each(
                """
                SELECT table_id, index_number, index_name, kind, is_unique, condition
                FROM indexes WHERE table_id BETWEEN ?1 AND ?2 ORDER BY table_id, index_number""",
                run,
                byTable,
                (parts, row) -> parts.indexes.add(new IndexDescriptor(
                        row.getString(3),
                        row.getString(4),
                        list(columns, parts, row.getInt(2)),
                        row.getInt(5) != 0,
                        row.getString(6))));
    }

    private void nesting(Run run) throws SQLException {
        each("""
                SELECT table_id, collection_schema, collection_table, parent_schema, parent_table, arrays
                FROM nested_tables WHERE table_id BETWEEN ?1 AND ?2""", run, byTable, (parts, row) -> {
            SourceId source = parts.name.source();
            parts.nestedIn = new NestedIn(
                    new TableName(source, row.getString(2), row.getString(3)),
                    new TableName(source, row.getString(4), row.getString(5)),
                    JsonText.paths(row.getString(6)));
        });
    }

    private static void columnStatistics(Connection connection, Map<Long, Parts> owners, Run run) throws SQLException {
        // As with columns: one number says which values are there at all.
        String sql = """
                SELECT statistics_id, column_name,
                       (distinct_count IS NOT NULL) + 2 * (null_fraction IS NOT NULL) + 4 * (average_bytes IS NOT NULL)
                         + 8 * (min_value IS NOT NULL) + 16 * (max_value IS NOT NULL) + 32 * (most_common IS NOT NULL)
                         + 64 * (histogram IS NOT NULL) + 128 * (samples IS NOT NULL),
                       distinct_count, null_fraction, average_bytes, min_value, max_value,
                       most_common, histogram, samples
                FROM column_statistics WHERE statistics_id BETWEEN ?1 AND ?2 ORDER BY statistics_id""";
        each(connection, sql, run, owners, (parts, row) -> {
            int marks = row.getInt(3);
            parts.columnStatistics.put(
                    row.getString(2),
                    new ColumnStatistics(
                            real(row, 4, marks & 1),
                            real(row, 5, marks & 2),
                            text(row, 7, marks & 8),
                            text(row, 8, marks & 16),
                            real(row, 6, marks & 4),
                            (marks & 32) == 0 ? List.of() : JsonText.common(row.getString(9)),
                            (marks & 64) == 0 ? List.of() : JsonText.texts(row.getString(10)),
                            (marks & 128) == 0 ? List.of() : JsonText.texts(row.getString(11))));
        });
    }

    private static OptionalDouble real(ResultSet row, int column, int mark) throws SQLException {
        return mark == 0 ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(column));
    }

    private static Optional<String> text(ResultSet row, int column, int mark) throws SQLException {
        return mark == 0 ? Optional.empty() : Optional.of(row.getString(column));
    }

    private void each(String sql, Run run, Map<Long, Parts> owners, PartHandler handler) throws SQLException {
        each(connection, sql, run, owners, handler);
    }

    /** Rows of one owner follow each other. */
    private static void each(Connection connection, String sql, Run run, Map<Long, Parts> owners, PartHandler handler)
            throws SQLException {
        long[] last = {-1};
        Parts[] owner = new Parts[1];
        Sql.each(
                connection,
                sql,
                row -> {
                    long id = row.getLong(1);
                    if (id != last[0]) {
                        last[0] = id;
                        owner[0] = Objects.requireNonNull(owners.get(id));
                    }
                    handler.handle(owner[0], row);
                },
                run.first(),
                run.last());
    }

    private static <T> List<T> list(Map<Parts, Map<Integer, List<T>>> lists, Parts parts, int number) {
        return lists.computeIfAbsent(parts, p -> new HashMap<>()).computeIfAbsent(number, n -> new ArrayList<>());
    }

    @FunctionalInterface
    private interface PartHandler {
        void handle(Parts parts, ResultSet row) throws SQLException;
    }

    /**
     * Column statistics, which are as many as columns: of a big catalog they are read at the same time, over a connection of their
     * own. Rows of a statistics_id never change, so that a connection that sees a later state sees the same rows.
     */
    private record Figures(TableReader reader, Optional<FutureTask<Boolean>> task) {
        static Figures start(TableReader reader) {
            Connection second = reader.second;
            if (second == null || reader.byStatistics.size() < MANY) {
                return new Figures(reader, Optional.empty());
            }
            FutureTask<Boolean> task = new FutureTask<>(() -> reader.readStatistics(second));
            Thread thread = new Thread(task, "calque-registry-reader");
            thread.setDaemon(true);
            thread.start();
            return new Figures(reader, Optional.of(task));
        }

        void finish() throws SQLException {
            if (task.isEmpty()) {
                reader.readStatistics(reader.connection);
                return;
            }
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        task.get().get();
                        return;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        if (e.getCause() instanceof SQLException failure) {
                            throw failure;
                        }
                        throw new SQLException("column statistics cannot be read: " + e.getCause(), e);
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** A table while it is put together. Identity counts, not content. */
    private static final class Parts {
        final TableName name;
        final TableKind kind;
        final String comment;
        final SortedMap<String, String> facts;
        final String fingerprint;
        final long statisticsId;
        final Optional<Instant> measuredAt;
        final OptionalDouble rowCount;
        final List<ColumnDescriptor> columns = new ArrayList<>();
        final List<KeyDescriptor> uniqueKeys = new ArrayList<>();
        final List<ForeignKeyDescriptor> foreignKeys = new ArrayList<>();
        final List<IndexDescriptor> indexes = new ArrayList<>();
        final SortedMap<String, ColumnStatistics> columnStatistics = new TreeMap<>();

        @Nullable KeyDescriptor primaryKey;

        @Nullable NestedIn nestedIn;

        Parts(ResultSet row, long statisticsId, Optional<Instant> measuredAt) throws SQLException {
            this.statisticsId = statisticsId;
            this.measuredAt = measuredAt;
            this.rowCount = Sql.real(row, 4);
            this.name = new TableName(new SourceId(row.getString(5)), row.getString(6), row.getString(7));
            this.kind = TableKind.valueOf(row.getString(8));
            this.comment = row.getString(9);
            this.facts = JsonText.facts(row.getString(10));
            this.fingerprint = row.getString(11);
        }

        StoredTable stored(long id) {
            TableDescriptor table = new TableDescriptor(
                    name,
                    kind,
                    columns,
                    Optional.ofNullable(primaryKey),
                    uniqueKeys,
                    foreignKeys,
                    indexes,
                    Optional.ofNullable(nestedIn),
                    statisticsId == 0
                            ? TableStatistics.UNKNOWN
                            : new TableStatistics(rowCount, measuredAt, columnStatistics),
                    comment,
                    facts);
            return new StoredTable(id, statisticsId, fingerprint, table);
        }
    }

    /** Consecutive ids, both ends included. */
    private record Run(long first, long last) {
        static List<Run> of(Iterable<Long> ascending) {
            TreeMap<Long, Long> runs = new TreeMap<>();
            for (long id : ascending) {
                Map.Entry<Long, Long> before = runs.lastEntry();
                if (before != null && before.getValue() == id - 1) {
                    runs.put(before.getKey(), id);
                } else {
                    runs.put(id, id);
                }
            }
            return runs.entrySet().stream()
                    .map(e -> new Run(e.getKey(), e.getValue()))
                    .toList();
        }
    }
}
