package io.calque.registry.store;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Inserts whole tables and statistics for one version. Single-threaded; nothing counts before {@link #flush}. */
final class TableInserts implements AutoCloseable {
    private static final int BATCH = 1000;

    private final long version;
    private final List<Insert> inserts = new ArrayList<>();
    private final Insert tables;
    private final Insert columns;
    private final Insert keys;
    private final Insert keyColumns;
    private final Insert foreignKeys;
    private final Insert foreignKeyColumns;
    private final Insert indexes;
    private final Insert indexColumns;
    private final Insert nestedTables;
    private final Insert statistics;
    private final Insert columnStatistics;
    private long nextTable;
    private long nextStatistics;

    TableInserts(Connection connection, long version) throws SQLException {
        this.version = version;
        // Under the write lock nobody else takes an id.
        nextTable = 1 + Sql.number(connection, "SELECT max(table_id) FROM tables");
        nextStatistics = 1 + Sql.number(connection, "SELECT max(statistics_id) FROM statistics");
        tables = insert(connection, "tables", 10);
        columns = insert(connection, "columns", 11);
        keys = insert(connection, "keys", 4);
        keyColumns = insert(connection, "key_columns", 4);
        foreignKeys = insert(connection, "foreign_keys", 6);
        foreignKeyColumns = insert(connection, "foreign_key_columns", 5);
        indexes = insert(connection, "indexes", 6);
        indexColumns = insert(connection, "index_columns", 6);
        nestedTables = insert(connection, "nested_tables", 6);
        statistics = insert(connection, "statistics", 6);
        columnStatistics = insert(connection, "column_statistics", 10);
    }

    private Insert insert(Connection connection, String table, int width) throws SQLException {
        Insert insert = new Insert(connection, table, width);
        inserts.add(insert);
        return insert;
    }

    void add(TableDescriptor table, String fingerprint) throws SQLException {
        long id = nextTable++;
        tables.row(
                id,
                table.name().source().value(),
                table.name().schema(),
                table.name().table(),
                table.kind().name(),
                table.comment(),
                JsonText.orNull(table.facts()),
                fingerprint,
                version,
                null);
        int position = 0;
        for (ColumnDescriptor column : table.columns()) {
            addColumn(id, ++position, column);
        }
        int number = 0;
        if (table.primaryKey().isPresent()) {
            addKey(id, ++number, table.primaryKey().get(), 1);
        }
        for (KeyDescriptor key : table.uniqueKeys()) {
            addKey(id, ++number, key, 0);
        }
        number = 0;
        for (ForeignKeyDescriptor key : table.foreignKeys()) {
            addForeignKey(id, ++number, key);
        }
        number = 0;
        for (IndexDescriptor index : table.indexes()) {
            addIndex(id, ++number, index);
        }
        if (table.nestedIn().isPresent()) {
            addNesting(id, table.nestedIn().get());
        }
        addStatistics(id, table.statistics());
    }

    private void flushWhenFull() throws SQLException {
        if (columns.waiting() >= BATCH || columnStatistics.waiting() >= BATCH) {
            flush();
        }
    }

    private void addColumn(long table, int position, ColumnDescriptor column) throws SQLException {
        columns.row(
                table,
                position,
                column.name(),
                column.path().equals(List.of(column.name())) ? null : JsonText.of(column.path()),
                column.type().toString(),
                column.nativeType(),
                column.nullable() ? 1 : 0,
                column.defaultValue().orElse(null),
                column.generation().name(),
                column.comment(),
                JsonText.orNull(column.facts()));
    }

    private void addKey(long table, int number, KeyDescriptor key, int primary) throws SQLException {
        keys.row(table, number, key.name(), primary);
        int position = 0;
        for (String column : key.columns()) {
            keyColumns.row(table, number, ++position, column);
        }
    }

    private void addForeignKey(long table, int number, ForeignKeyDescriptor key) throws SQLException {
        foreignKeys.row(
                table,
                number,
                key.name(),
                key.target().source().value(),
                key.target().schema(),
                key.target().table());
        for (int i = 0; i < key.columns().size(); i++) {
            foreignKeyColumns.row(
                    table,
                    number,
                    i + 1,
                    key.columns().get(i),
                    key.targetColumns().get(i));
        }
    }

    private void addIndex(long table, int number, IndexDescriptor index) throws SQLException {
        indexes.row(table, number, index.name(), index.kind(), index.unique() ? 1 : 0, index.condition());
        int position = 0;
        for (IndexDescriptor.IndexColumn column : index.columns()) {
            indexColumns.row(
                    table, number, ++position, column.name(), column.expression() ? 1 : 0, column.descending() ? 1 : 0);
        }
    }

    private void addNesting(long table, NestedIn nesting) throws SQLException {
        nestedTables.row(
                table,
                nesting.collection().schema(),
                nesting.collection().table(),
                nesting.parent().schema(),
                nesting.parent().table(),
                JsonText.of(nesting.arrays()));
    }

    /** Writes nothing for a table of which nothing was measured. */
    void addStatistics(long table, TableStatistics measured) throws SQLException {
        if (measured.equals(TableStatistics.UNKNOWN)) {
            flushWhenFull();
            return;
        }
        long id = nextStatistics++;
        statistics.row(
                id,
                table,
                Sql.orNull(measured.rowCount()),
                measured.measuredAt().map(Instant::toString).orElse(null),
                version,
                null);
        for (var entry : measured.columns().entrySet()) {
            var column = entry.getValue();
            columnStatistics.row(
                    id,
                    entry.getKey(),
                    Sql.orNull(column.distinctCount()),
                    Sql.orNull(column.nullFraction()),
                    column.min().orElse(null),
                    column.max().orElse(null),
                    Sql.orNull(column.averageBytes()),
                    JsonText.orNull(column.mostCommon()),
                    JsonText.orNull(column.histogram()),
                    JsonText.orNull(column.samples()));
        }
        flushWhenFull();
    }

    /** Parents first, so that foreign keys hold. */
    void flush() throws SQLException {
        for (Insert insert : inserts) {
            insert.flush();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Insert insert : inserts) {
            insert.close();
        }
    }
}
