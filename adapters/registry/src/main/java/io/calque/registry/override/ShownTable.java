package io.calque.registry.override;

import io.calque.registry.override.TableOverrides.ShownColumn;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.OverriddenTable.FromColumn;
import io.calque.spi.catalog.OverriddenTable.Origin;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Carries keys, references, indexes and figures over to the names and types that SQL sees. Stateless. */
final class ShownTable {
    private final TableDescriptor observed;
    private final ShownNames names;

    private ShownTable(TableDescriptor observed, ShownNames names) {
        this.observed = observed;
        this.names = names;
    }

    /**
     * @param columns in order; none to keep the observed ones
     */
    static OverriddenTable of(TableDescriptor observed, List<ShownColumn> columns, ShownNames names) {
        List<ColumnDescriptor> shown = columns.isEmpty()
                ? observed.columns()
                : columns.stream().map(c -> c.descriptor).toList();
        List<Origin> origins = columns.isEmpty()
                ? IntStream.range(0, shown.size())
                        .<Origin>mapToObj(FromColumn::new)
                        .toList()
                : columns.stream().map(c -> c.origin).toList();
        return new OverriddenTable(observed, new ShownTable(observed, names).table(shown), origins);
    }

    private TableDescriptor table(List<ColumnDescriptor> columns) {
        return new TableDescriptor(
                names.table(observed.name()),
                observed.kind(),
                columns,
                observed.primaryKey().flatMap(this::key),
                observed.uniqueKeys().stream().flatMap(k -> key(k).stream()).toList(),
                observed.foreignKeys().stream()
                        .flatMap(k -> foreignKey(k).stream())
                        .toList(),
                observed.indexes().stream().flatMap(i -> index(i).stream()).toList(),
                observed.nestedIn()
                        .map(n -> new NestedIn(names.table(n.collection()), names.table(n.parent()), n.arrays())),
                statistics(columns),
                observed.comment(),
                observed.facts());
    }

    private Optional<KeyDescriptor> key(KeyDescriptor key) {
        return names.columns(observed.name(), key.columns()).map(c -> new KeyDescriptor(key.name(), c));
    }

    private Optional<ForeignKeyDescriptor> foreignKey(ForeignKeyDescriptor key) {
        TableName target = key.target();
        Optional<List<String>> targetColumns = names.columns(target, key.targetColumns());
        return names.columns(observed.name(), key.columns())
                .flatMap(own ->
                        targetColumns.map(c -> new ForeignKeyDescriptor(key.name(), own, names.table(target), c)));
    }

    private Optional<IndexDescriptor> index(IndexDescriptor index) {
        List<IndexColumn> columns = new ArrayList<>();
        for (IndexColumn column : index.columns()) {
            Optional<String> name =
                    column.expression() ? Optional.of(column.name()) : names.column(observed.name(), column.name());
            name.ifPresent(n -> columns.add(new IndexColumn(n, column.expression(), column.descending())));
        }
        return columns.size() == index.columns().size()
                ? Optional.of(
                        new IndexDescriptor(index.name(), index.kind(), columns, index.unique(), index.condition()))
                : Optional.empty();
    }

    /** Values in the text of another type mean nothing to a retyped column; their number does. */
    private TableStatistics statistics(List<ColumnDescriptor> columns) {
        TableStatistics measured = observed.statistics();
        SortedMap<String, ColumnStatistics> figures = new TreeMap<>();
        measured.columns()
                .forEach((name, of) -> names.column(observed.name(), name)
                        .ifPresent(
                                shown -> figures.put(shown, retyped(columns, name, shown) ? of.withoutValues() : of)));
        return figures.equals(measured.columns())
                ? measured
                : new TableStatistics(measured.rowCount(), measured.measuredAt(), figures);
    }

    private boolean retyped(List<ColumnDescriptor> columns, String name, String shown) {
        Optional<DataType> before = observed.column(name).map(ColumnDescriptor::type);
        return columns.stream()
                .filter(c -> c.name().equals(shown))
                .anyMatch(c -> !Optional.of(c.type()).equals(before));
    }
}
