package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.sqlite.SqliteSchema.Column;
import io.calque.jdbc.sqlite.SqliteSchema.ForeignKey;
import io.calque.jdbc.sqlite.SqliteSchema.Index;
import io.calque.jdbc.sqlite.SqliteSchema.IndexPart;
import io.calque.jdbc.sqlite.SqliteSchema.Relation;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keys and indexes of the tables of one schema. Immutable. */
record SqliteKeys(SourceId source, SqliteSchema schema) {
    /** The fact that names the columns of a primary key that proves nothing to the engine. */
    static final String DECLARED = "declared_primary_key";

    private static final String BINARY = "BINARY";

    TableName name(Relation relation) {
        return new TableName(source, schema.name(), relation.name());
    }

    /**
     * An INTEGER PRIMARY KEY is the rowid: never NULL, and given where none is. One that is declared DESC is not, and has an index of
     * its own.
     */
    boolean isRowid(Relation relation, Column column) {
        return column.keyPosition() > 0
                && column.declared().equalsIgnoreCase("INTEGER")
                && primary(relation).size() == 1
                && !relation.withoutRowid()
                && indexes(relation).stream().noneMatch(index -> index.origin().equals("pk"));
    }

    /** Of other keys only those of STRICT or rowid-less tables are never NULL. */
    boolean nullable(Relation relation, Column column) {
        boolean key = column.keyPosition() > 0;
        return !(column.notNull()
                || isRowid(relation, column)
                || (key && (relation.withoutRowid() || relation.strict())));
    }

    private List<Column> columns(Relation relation) {
        return schema.columns().getOrDefault(relation.name(), List.of());
    }

    private List<Column> primary(Relation relation) {
        return columns(relation).stream()
                .filter(c -> c.keyPosition() > 0)
                .sorted(Comparator.comparing(Column::keyPosition))
                .toList();
    }

    /**
     * Only a key that cannot hold NULL: elsewhere SQLite lets rows without a key repeat. A key under NOCASE or RTRIM takes more
     * texts for equal than we do, so it is unique for us all the more.
     */
    Optional<KeyDescriptor> primaryKey(Relation relation, List<ColumnDescriptor> columns) {
        List<Column> key = primary(relation);
        boolean proven = !key.isEmpty() && key.stream().noneMatch(c -> nullable(relation, c));
        return proven && proves(names(key), columns)
                ? Optional.of(new KeyDescriptor("", names(key)))
                : Optional.empty();
    }

    /** The columns of a declared primary key whose values are not all different to the engine. */
    Optional<String> unproven(Relation relation, List<ColumnDescriptor> columns) {
        List<String> key = names(primary(relation));
        return key.isEmpty() || proves(key, columns) ? Optional.empty() : Optional.of(String.join(", ", key));
    }

    /** Two spellings of one date, two numbers that round alike, 1 and '1': different to SQLite, one value to the engine. */
    private static boolean proves(List<String> key, List<ColumnDescriptor> columns) {
        return columns.stream().filter(c -> key.contains(c.name())).allMatch(c -> switch (Form.of(c)) {
            case PLAIN, COLLATED, UNORDERED -> true;
            default -> false;
        });
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    List<KeyDescriptor> uniqueKeys(Relation relation, List<ColumnDescriptor> described) {
        List<KeyDescriptor> found = new ArrayList<>();
        List<Column> primary = primary(relation);
        if (!primary.isEmpty() && primaryKey(relation, described).isEmpty()) {
            found.add(new KeyDescriptor("", names(primary)));
        }
        for (Index index : indexes(relation)) {
            List<String> columns =
                    index.parts().stream().flatMap(p -> p.column().stream()).toList();
            boolean whole = columns.size() == index.parts().size();
            if (index.unique() && !index.partial() && whole && !index.origin().equals("pk")) {
                found.add(new KeyDescriptor(index.name(), columns));
            }
        }
        found.removeIf(key -> !proves(key.columns(), described));
        return found;
    }

    private List<Index> indexes(Relation relation) {
        return schema.indexes().getOrDefault(relation.name(), List.of());
    }

    List<ForeignKeyDescriptor> foreignKeys(Relation relation) {
        List<ForeignKeyDescriptor> found = new ArrayList<>();
        for (ForeignKey key : schema.foreignKeys().getOrDefault(relation.name(), List.of())) {
            Optional<Relation> target = schema.relations().stream()
                    .filter(r -> r.name().equalsIgnoreCase(key.target()))
                    .findFirst();
            if (target.isEmpty()) {
                continue;
            }
            List<String> targets = key.targetColumns().isEmpty() ? names(primary(target.get())) : key.targetColumns();
            List<String> columns = spelled(relation, key.columns());
            List<String> spelledTargets = spelled(target.get(), targets);
            if (!columns.isEmpty() && columns.size() == spelledTargets.size()) {
                found.add(new ForeignKeyDescriptor("", columns, name(target.get()), spelledTargets));
            }
        }
        return found;
    }

    /** Foreign keys may spell a column's name in another case than the table does. */
    private List<String> spelled(Relation relation, List<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            columns(relation).stream()
                    .map(Column::name)
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found.size() == names.size() ? found : List.of();
    }

    List<IndexDescriptor> descriptors(Relation relation) {
        List<IndexDescriptor> found = new ArrayList<>();
        for (Index index : indexes(relation)) {
            List<IndexColumn> columns = new ArrayList<>();
            SqliteIndexText text = SqliteIndexText.of(index.sql());
            for (int i = 0; i < index.parts().size(); i++) {
                IndexPart part = index.parts().get(i);
                String collation = part.collation().toUpperCase(Locale.ROOT);
                boolean plain = collation.equals(BINARY) || collation.isEmpty();
                // An index in another order than ours serves no comparison of ours: as an expression it is never taken
                // for one.
                String name = part.column().isEmpty()
                        ? text.part(i)
                        : part.column().get() + (plain ? "" : " COLLATE " + collation);
                columns.add(new IndexColumn(name, part.column().isEmpty() || !plain, part.descending()));
            }
            String condition = index.partial() ? text.condition() : "";
            found.add(new IndexDescriptor(index.name(), "btree", columns, index.unique(), condition));
        }
        return found;
    }
}
