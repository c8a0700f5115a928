package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.postgresql.PostgresRelations.Attribute;
import io.calque.jdbc.postgresql.PostgresRelations.Constraint;
import io.calque.jdbc.postgresql.PostgresRelations.Index;
import io.calque.jdbc.postgresql.PostgresRelations.Relation;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys and indexes of relations, with column names for attribute numbers. Immutable once built. */
final class PostgresKeys {
    /** The fact that names the columns of a primary key that proves nothing to the engine. */
    static final String DECLARED = "declared_primary_key";

    private final SourceId source;
    private final PostgresRelations read;
    private final Map<Long, Relation> byOid = new HashMap<>();
    private final Map<Long, Map<Integer, String>> names = new HashMap<>();

    PostgresKeys(SourceId source, PostgresRelations read) {
        this.source = source;
        this.read = read;
        read.relations().forEach(r -> byOid.put(r.oid(), r));
        read.attributes().forEach((oid, attributes) -> {
            Map<Integer, String> readable = new HashMap<>();
            attributes.stream().filter(Attribute::readable).forEach(a -> readable.put(a.number(), a.name()));
            names.put(oid, readable);
        });
    }

    TableName name(Relation relation) {
        return new TableName(source, relation.schema(), relation.name());
    }

    /** Empty also for a declared key that does not tell the rows apart that the engine reads: see {@link #unproven}. */
    Optional<KeyDescriptor> primaryKey(Relation relation, List<ColumnDescriptor> columns) {
        return keys(relation, 'p').stream()
                .filter(key -> proves(relation, key.columns(), columns))
                .findFirst();
    }

    /** Unique constraints, and unique indexes over whole columns of all rows. */
    List<KeyDescriptor> uniqueKeys(Relation relation, List<ColumnDescriptor> columns) {
        List<KeyDescriptor> found = new ArrayList<>(keys(relation, 'u'));
        Optional<KeyDescriptor> primary = keys(relation, 'p').stream().findFirst();
        for (Index index : read.indexes().getOrDefault(relation.oid(), List.of())) {
            List<String> parts = names(relation.oid(), index.columns().subList(0, index.keys()));
            boolean proves =
                    index.unique() && index.immediate() && index.condition().isEmpty();
            boolean known = found.stream().anyMatch(k -> k.columns().equals(parts))
                    || primary.filter(k -> k.columns().equals(parts)).isPresent();
            if (proves && !known && parts.size() == index.keys()) {
                found.add(new KeyDescriptor(index.name(), parts));
            }
        }
        found.removeIf(key -> !proves(relation, key.columns(), columns));
        return found;
    }

    /**
     * A key holds for a table's own rows and not for those of its children, which a read gives too; and what differs only beyond
     * milliseconds is one moment to the engine.
     */
    private boolean proves(Relation relation, List<String> key, List<ColumnDescriptor> columns) {
        return !read.children().containsKey(relation.oid())
                && columns.stream().noneMatch(c -> key.contains(c.name()) && Form.of(c) == Form.FINE);
    }

    /** The columns of a declared primary key that {@link #primaryKey} does not give. */
    Optional<String> unproven(Relation relation, List<ColumnDescriptor> columns) {
        return primaryKey(relation, columns).isPresent()
                ? Optional.empty()
                : keys(relation, 'p').stream()
                        .map(key -> String.join(", ", key.columns()))
                        .findFirst();
    }

    private List<KeyDescriptor> keys(Relation relation, char kind) {
        List<KeyDescriptor> found = new ArrayList<>();
        for (Constraint constraint : read.constraints().getOrDefault(relation.oid(), List.of())) {
            List<String> columns = names(relation.oid(), constraint.columns());
            if (constraint.kind() == kind
                    && columns.size() == constraint.columns().size()) {
                found.add(new KeyDescriptor(constraint.name(), columns));
            }
        }
        return found;
    }

    List<ForeignKeyDescriptor> foreignKeys(Relation relation) {
        List<ForeignKeyDescriptor> found = new ArrayList<>();
        for (Constraint constraint : read.constraints().getOrDefault(relation.oid(), List.of())) {
            Relation target = byOid.get(constraint.target());
            if (constraint.kind() != 'f' || target == null) {
                continue;
            }
            List<String> columns = names(relation.oid(), constraint.columns());
            List<String> targets = names(target.oid(), constraint.targetColumns());
            if (columns.size() == constraint.columns().size() && targets.size() == columns.size()) {
                found.add(new ForeignKeyDescriptor(constraint.name(), columns, name(target), targets));
            }
        }
        return found;
    }

    List<IndexDescriptor> indexes(Relation relation) {
        List<IndexDescriptor> found = new ArrayList<>();
        for (Index index : read.indexes().getOrDefault(relation.oid(), List.of())) {
            List<IndexColumn> columns = new ArrayList<>();
            for (int i = 0; i < index.keys(); i++) {
                boolean descending = (index.options().get(i) & 1) != 0;
                String column = names.getOrDefault(relation.oid(), Map.of())
                        .get(index.columns().get(i));
                if (column != null) {
                    columns.add(new IndexColumn(column, false, descending));
                } else if (i < index.expressions().size()) {
                    columns.add(new IndexColumn(index.expressions().get(i), true, descending));
                }
            }
            if (columns.size() == index.keys()) {
                found.add(new IndexDescriptor(index.name(), index.kind(), columns, index.unique(), index.condition()));
            }
        }
        return found;
    }

    /** Fewer names than numbers when a column may not be read or is an expression. */
    private List<String> names(long oid, List<Integer> numbers) {
        Map<Integer, String> known = names.getOrDefault(oid, Map.of());
        return numbers.stream().filter(known::containsKey).map(known::get).toList();
    }
}
