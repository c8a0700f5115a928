package io.calque.spi.catalog;

import io.calque.spi.TableName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One table of one source as the registry knows it.
 *
 * @param name as SQL sees it
 * @param columns in order; names are unique when compared exactly
 * @param primaryKey at most one
 * @param uniqueKeys besides the primary key; a nullable unique key lets NULLs repeat
 * @param nestedIn present for CHILD_TABLE only
 * @param comment the source's comment, empty where there is none
 * @param facts what only the owning adapter reads; sorted by key
 */
public record TableDescriptor(
        TableName name,
        TableKind kind,
        List<ColumnDescriptor> columns,
        Optional<KeyDescriptor> primaryKey,
        List<KeyDescriptor> uniqueKeys,
        List<ForeignKeyDescriptor> foreignKeys,
        List<IndexDescriptor> indexes,
        Optional<NestedIn> nestedIn,
        TableStatistics statistics,
        String comment,
        SortedMap<String, String> facts) {

    public TableDescriptor {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
        foreignKeys = List.copyOf(foreignKeys);
        indexes = List.copyOf(indexes);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        if (columns.stream().map(ColumnDescriptor::name).distinct().count() != columns.size()) {
            throw new IllegalArgumentException("two columns of " + name + " have the same name");
        }
    }

    /** A table with columns and nothing else known. */
    public static TableDescriptor of(TableName name, TableKind kind, List<ColumnDescriptor> columns) {
        return new TableDescriptor(
                name,
                kind,
                columns,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                TableStatistics.UNKNOWN,
                "",
                new TreeMap<>());
    }

    /** The column with exactly this SQL name. */
    public Optional<ColumnDescriptor> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** What the table is, whatever its rows are: without statistics and without {@link Facts#EVIDENCE}. */
    public TableDescriptor shape() {
        SortedMap<String, String> lasting = new TreeMap<>(facts);
        lasting.remove(Facts.EVIDENCE);
        return withStatistics(TableStatistics.UNKNOWN).withFacts(lasting);
    }

    public TableDescriptor withStatistics(TableStatistics measured) {
        return new TableDescriptor(
                name, kind, columns, primaryKey, uniqueKeys, foreignKeys, indexes, nestedIn, measured, comment, facts);
    }

    public TableDescriptor withFacts(Map<String, String> newFacts) {
        return new TableDescriptor(
                name,
                kind,
                columns,
                primaryKey,
                uniqueKeys,
                foreignKeys,
                indexes,
                nestedIn,
                statistics,
                comment,
                new TreeMap<>(newFacts));
    }
}
