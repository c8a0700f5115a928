package io.calque.mongodb.inference;

import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** A table whose columns are still being found: a collection's, or a child's. Single-threaded. */
final class TableDraft {
    /** Of an element in its array. SQL reserves most words for it (ordinal, position, index), so that they would need quotes. */
    private static final String ORDINAL_NAME = "pos";

    private final TableName name;
    private final @Nullable TableDraft parent;
    private final List<List<String>> arrays;
    private final FieldProfile profile;
    private final Validator validator;
    private final Map<String, ColumnDescriptor> columns = new LinkedHashMap<>();
    /** Collections that DBRefs name, by the absolute path of their {@code $id}. */
    private final Map<List<String>, String> references = new HashMap<>();

    private final Map<List<String>, String> comments = new HashMap<>();
    /** Known once the table is finished; children are finished after their parent. */
    private List<ColumnDescriptor> keys = List.of();

    private boolean keyed;

    private TableDraft(
            TableName name,
            @Nullable TableDraft parent,
            List<List<String>> arrays,
            FieldProfile profile,
            Validator validator) {
        this.name = name;
        this.parent = parent;
        this.arrays = arrays;
        this.profile = profile;
        this.validator = validator;
    }

    static TableDraft collection(TableName name, FieldProfile root, Validator validator) {
        return new TableDraft(name, null, List.of(), root, validator);
    }

    /**
     * @param path of the array, relative to this draft's element
     */
    TableDraft child(List<String> path, FieldProfile element, Validator rules) {
        List<List<String>> longer = new ArrayList<>(arrays);
        longer.add(path);
        TableName childName = new TableName(
                name.source(),
                name.schema(),
                name.table() + "." + (path.isEmpty() ? ColumnNames.ELEMENT : ColumnNames.of(path)));
        return new TableDraft(childName, this, List.copyOf(longer), element, rules);
    }

    TableName name() {
        return name;
    }

    FieldProfile profile() {
        return profile;
    }

    Validator validator() {
        return validator;
    }

    boolean isCollection() {
        return parent == null;
    }

    int columnCount() {
        return columns.size();
    }

    void add(ColumnDescriptor column) {
        String collections = references.get(column.path());
        SortedMap<String, String> facts = new TreeMap<>(column.facts());
        if (collections != null) {
            facts.put(ColumnFacts.REFERS_TO, collections);
        }
        columns.put(
                column.name(),
                new ColumnDescriptor(
                        column.name(),
                        column.path(),
                        column.type(),
                        column.nativeType(),
                        column.nullable(),
                        column.defaultValue(),
                        column.generation(),
                        comments.getOrDefault(column.path(), column.comment()),
                        facts));
    }

    /** What the validator says of a column that comes later. */
    void describe(List<String> path, String comment) {
        comments.put(absolute(path), comment);
    }

    /** Marks a column that comes later as a reference to documents of other collections. */
    void refer(List<String> path, String collections) {
        references.put(absolute(path), collections);
    }

    /** What the column of elements that are no documents is called. */
    String nameOfElement() {
        Set<String> taken = new HashSet<>();
        columns.keySet().forEach(c -> taken.add(c.toLowerCase(Locale.ROOT)));
        return ColumnNames.free(ColumnNames.ELEMENT, taken);
    }

    /** From the document's root, through the arrays. */
    List<String> absolute(List<String> path) {
        List<String> whole = new ArrayList<>();
        arrays.forEach(whole::addAll);
        whole.addAll(path);
        return List.copyOf(whole);
    }

    /** Absolute path of each array, outermost first. */
    List<List<String>> arrayPaths() {
        List<List<String>> paths = new ArrayList<>();
        List<String> whole = new ArrayList<>();
        for (List<String> array : arrays) {
            whole.addAll(array);
            paths.add(List.copyOf(whole));
        }
        return List.copyOf(paths);
    }

    /**
     * @param base facts, kind, statistics and indexes of the collection's table
     * @param documents in the sample
     */
    TableDescriptor finish(TableDescriptor base, long documents) {
        return parent == null ? finishCollection(base) : finishChild(parent, base, documents);
    }

    private TableDescriptor finishCollection(TableDescriptor base) {
        boolean identified =
                columns.values().stream().anyMatch(c -> c.path().get(0).equals("_id"));
        if (columns.isEmpty() || !identified && profile.present() == 0) {
            Map<String, ColumnDescriptor> declared = new LinkedHashMap<>(columns);
            columns.clear();
            columns.put("_id", unseenId());
            columns.putAll(declared);
        }
        keys = columns.values().stream()
                .filter(c -> c.path().get(0).equals("_id"))
                .toList();
        ColumnDescriptor id = columns.get("_id");
        // The parts of a compound _id do not prove it: documents with other fields or another order are different keys.
        keyed = id != null
                && keys.size() == 1
                && UniqueValues.remainUnique(id)
                && !id.nullable()
                && base.kind() != TableKind.VIEW
                // Time series take an _id twice.
                && !base.facts().containsKey(Facts.TIME_SERIES);
        Optional<KeyDescriptor> primaryKey =
                keyed ? Optional.of(new KeyDescriptor("_id_", List.of("_id"))) : Optional.empty();
        return new TableDescriptor(
                name,
                base.kind(),
                List.copyOf(columns.values()),
                primaryKey,
                base.uniqueKeys(),
                List.of(),
                base.indexes(),
                Optional.empty(),
                base.statistics(),
                base.comment(),
                base.facts());
    }

    private TableDescriptor finishChild(TableDraft above, TableDescriptor base, long documents) {
        Set<String> taken = new HashSet<>();
        columns.keySet().forEach(c -> taken.add(c.toLowerCase(Locale.ROOT)));
        List<ColumnDescriptor> ownKeys = new ArrayList<>();
        int level = arrays.size() - 1;
        for (ColumnDescriptor key : above.keys) {
            ownKeys.add(renamed(key, ColumnNames.free(above.nameForChildren(key), taken)));
        }
        ColumnDescriptor ordinal = ordinal(ColumnNames.free(ORDINAL_NAME, taken), level);
        ownKeys.add(ordinal);
        keys = List.copyOf(ownKeys);

        List<ColumnDescriptor> all = new ArrayList<>(ownKeys);
        all.addAll(columns.values());
        keyed = root().keyed;
        List<String> keyNames = ownKeys.stream().map(ColumnDescriptor::name).toList();
        List<String> parentKeyNames =
                above.keys.stream().map(ColumnDescriptor::name).toList();
        List<ForeignKeyDescriptor> foreignKeys = keyed
                ? List.of(new ForeignKeyDescriptor(
                        "", keyNames.subList(0, keyNames.size() - 1), above.name, parentKeyNames))
                : List.of();
        long elements = profile.present();
        OptionalDouble rows = base.statistics().rowCount().isPresent() && documents > 0
                ? OptionalDouble.of(base.statistics().rowCount().getAsDouble() * elements / documents)
                : OptionalDouble.empty();
        return new TableDescriptor(
                name,
                TableKind.CHILD_TABLE,
                all,
                keyed ? Optional.of(new KeyDescriptor("", keyNames)) : Optional.empty(),
                List.of(),
                foreignKeys,
                List.of(),
                Optional.of(new NestedIn(root().name, above.name, arrays)),
                new TableStatistics(rows, base.statistics().measuredAt(), new TreeMap<>()),
                "",
                base.facts());
    }

    private TableDraft root() {
        return parent == null ? this : parent.root();
    }

    /** {@code _id} of orders is {@code orders_id} below; {@code pos} of orders.items is {@code items_pos}. */
    private String nameForChildren(ColumnDescriptor key) {
        if (parent == null) {
            return name.table() + key.name();
        }
        boolean own = ColumnFacts.isOrdinal(key) && ColumnFacts.ordinalLevel(key) == arrays.size() - 1;
        List<String> array = arrays.get(arrays.size() - 1);
        String last = array.isEmpty() ? ColumnNames.ELEMENT : array.get(array.size() - 1);
        return own ? last + "_" + ORDINAL_NAME : key.name();
    }

    private ColumnDescriptor ordinal(String columnName, int level) {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put(ColumnFacts.ROLE, ColumnFacts.ordinalRole(level));
        facts.put(ColumnFacts.TYPES, BsonTypeNames.of(BsonType.INT64));
        List<String> path = new ArrayList<>(arrayPaths().get(level));
        path.add("#");
        return new ColumnDescriptor(
                columnName,
                path,
                DataType.INTEGER,
                "position in the array, from 1",
                false,
                Optional.empty(),
                ColumnDescriptor.Generation.COMPUTED,
                "",
                facts);
    }

    private static ColumnDescriptor renamed(ColumnDescriptor column, String newName) {
        return new ColumnDescriptor(
                newName,
                column.path(),
                column.type(),
                column.nativeType(),
                column.nullable(),
                column.defaultValue(),
                column.generation(),
                column.comment(),
                column.facts());
    }

    /** An empty collection still has an _id, made by the driver unless the user brings one. */
    private static ColumnDescriptor unseenId() {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put(ColumnFacts.TYPES, BsonTypeNames.of(BsonType.OBJECT_ID));
        return new ColumnDescriptor(
                "_id",
                List.of("_id"),
                DataType.VARCHAR,
                BsonTypeNames.of(BsonType.OBJECT_ID),
                false,
                Optional.empty(),
                ColumnDescriptor.Generation.NONE,
                "",
                facts);
    }
}
