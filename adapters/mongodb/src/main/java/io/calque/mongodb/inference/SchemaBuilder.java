package io.calque.mongodb.inference;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Turns the profile of one collection into tables: its own, and one for each array of documents. Single-threaded, used once.
 *
 * <p>Nested documents become dotted columns. An array of documents at {@code a.b} of {@code orders} becomes the table
 * {@code orders.a.b} with a row an element; its key is the document's ({@code orders_id}), the positions in the arrays around
 * it ({@code a_pos}) and its own position {@code pos}, counted from 1. Elements that are no documents, and the inner arrays of an
 * array of arrays, are its column {@code value}; inner arrays of documents are a table of their own, {@code orders.a.b.value}.
 */
final class SchemaBuilder {
    /** A document with more fields than this is taken for a map with data in its keys. */
    private static final int MAX_FIELDS = 256;

    private final TableName collection;
    private final InferenceOptions options;
    private final Arrays arrays;
    private final Predicate<DatePath> midnights;
    private final List<String> warnings = new ArrayList<>();
    private final Deque<TableDraft> open = new ArrayDeque<>();
    /** Tables that have met the limit of columns. */
    private final Set<TableName> full = new HashSet<>();

    private boolean view;

    /**
     * @param midnights whether all instants at a path, in the whole collection, are midnights
     */
    SchemaBuilder(
            SourceId source,
            String database,
            String name,
            InferenceOptions options,
            Arrays arrays,
            Predicate<DatePath> midnights) {
        this.collection = new TableName(source, database, name);
        this.options = options;
        this.arrays = arrays;
        this.midnights = midnights;
    }

    /** What an array of documents is. */
    enum Arrays {
        TABLES,
        AS_TEXT
    }

    /**
     * Where instants were seen.
     *
     * @param arrays absolute paths of the arrays to unwind, outermost first
     * @param path absolute
     */
    record DatePath(List<List<String>> arrays, List<String> path) {}

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * @param root profile of the documents themselves
     * @param base what the collection's own table is before its columns are known
     */
    List<TableDescriptor> build(FieldProfile root, Validator validator, TableDescriptor base) {
        List<TableDescriptor> tables = new ArrayList<>();
        view = base.kind() == TableKind.VIEW;
        open.add(TableDraft.collection(collection, root, validator));
        while (!open.isEmpty()) {
            TableDraft draft = open.remove();
            readDocument(draft, draft.profile(), List.of(), draft.validator(), isAlwaysDocument(draft), 1);
            readElement(draft);
            tables.add(draft.finish(base, root.count(BsonType.DOCUMENT)));
        }
        return tables;
    }

    /** Rows of a collection are documents; elements of an array may be anything, unless a validator forbids it. */
    private static boolean isAlwaysDocument(TableDraft draft) {
        return draft.isCollection()
                || draft.validator().types().equals(EnumSet.of(BsonType.DOCUMENT))
                        && draft.profile().present() == draft.profile().count(BsonType.DOCUMENT);
    }

    /** Elements of an array that are no documents are a column of its table. */
    private void readElement(TableDraft draft) {
        FieldProfile element = draft.profile();
        Set<BsonType> strays = without(element.types(), BsonType.DOCUMENT);
        if (draft.isCollection() || strays.isEmpty()) {
            return;
        }
        if (element.types().contains(BsonType.DOCUMENT)) {
            addText(draft, element, List.of(), false);
            return;
        }
        readField(draft, element, List.of(), draft.validator(), false, 1);
    }

    /**
     * @param path relative to the draft's element
     * @param proven whether every row has this document
     */
    private void readDocument(
            TableDraft draft, FieldProfile document, List<String> path, Validator rules, boolean proven, int depth) {
        for (Map.Entry<String, FieldProfile> entry : document.children().entrySet()) {
            List<String> fieldPath = append(path, entry.getKey());
            FieldProfile field = entry.getValue();
            if (draft.columnCount() >= options.maxColumns() && !isWanted(draft, fieldPath)) {
                if (full.add(draft.name())) {
                    warn(
                            draft,
                            "has more than " + options.maxColumns() + " columns; the rest from "
                                    + ColumnNames.of(fieldPath) + " on is left out, unless an option type."
                                    + draft.name().table() + ".<field> names it (option max_columns)");
                }
                continue;
            }
            boolean promised = proven && rules.provesNotNull(entry.getKey());
            boolean id = draft.isCollection() && !view && fieldPath.equals(List.of("_id"));
            // A validator says nothing of documents that were there before it, and an _id may be null.
            boolean seen = field.nonNull() == document.count(BsonType.DOCUMENT);
            readField(draft, field, fieldPath, rules.field(entry.getKey()), (promised || id) && seen, depth);
        }
    }

    /** Whether a person gave a type to the field or to one below it. */
    private boolean isWanted(TableDraft draft, List<String> path) {
        String name = draft.name().table() + "." + ColumnNames.of(path);
        return options.declared().keySet().stream().anyMatch(d -> d.equals(name) || d.startsWith(name + "."));
    }

    private void readField(
            TableDraft draft, FieldProfile field, List<String> path, Validator rules, boolean notNull, int depth) {
        Optional<DataType> declared = declared(draft, path);
        if (declared.isPresent()) {
            addDeclared(draft, field, path, declared.get(), notNull);
            return;
        }
        if (!rules.description().isEmpty()) {
            draft.describe(path, rules.description());
        }
        Set<BsonType> types = field.types();
        Set<BsonType> scalars = without(types, BsonType.DOCUMENT, BsonType.ARRAY);
        FieldProfile element = field.element();
        if (types.contains(BsonType.ARRAY) && element != null) {
            readArray(draft, field, element, scalars, path, rules, notNull);
            return;
        }
        if (!types.contains(BsonType.DOCUMENT)) {
            if (types.contains(BsonType.ARRAY)) {
                addText(draft, field, path, notNull);
                return;
            }
            addScalar(draft, field, scalars, path, notNull);
            return;
        }
        boolean tooDeep = depth >= options.maxDepth();
        boolean tooWide = field.children().size() > MAX_FIELDS;
        if (field.children().isEmpty() || tooDeep || tooWide) {
            if (!field.children().isEmpty()) {
                warn(
                        draft,
                        "field " + ColumnNames.of(path) + " is kept as JSON text: it "
                                + (tooDeep
                                        ? "nests deeper than " + options.maxDepth() + " levels (option max_depth)"
                                        : "has " + field.children().size() + " different fields"));
            }
            addText(draft, field, path, notNull);
            return;
        }
        if (!scalars.isEmpty()) {
            warn(
                    draft,
                    "field " + ColumnNames.of(path) + " is sometimes a document and sometimes "
                            + BsonTypeNames.join(scalars) + "; it is read as text beside its nested columns");
            addText(draft, field, path, notNull);
        }
        if (!field.referenced().isEmpty()) {
            draft.refer(append(path, "$id"), String.join("|", field.referenced()));
        }
        boolean alwaysDocument = notNull && types.equals(EnumSet.of(BsonType.DOCUMENT));
        readDocument(draft, field, path, rules, alwaysDocument, depth + 1);
    }

    private void readArray(
            TableDraft draft,
            FieldProfile field,
            FieldProfile element,
            Set<BsonType> scalars,
            List<String> path,
            Validator rules,
            boolean notNull) {
        Set<BsonType> elements = element.types();
        boolean documents = field.types().contains(BsonType.DOCUMENT);
        boolean nested = elements.contains(BsonType.ARRAY) || elements.contains(BsonType.DOCUMENT);
        boolean tooDeep = draft.arrayPaths().size() >= options.maxDepth();
        if (nested && tooDeep) {
            warn(
                    draft,
                    "array " + (path.isEmpty() ? ColumnNames.ELEMENT : ColumnNames.of(path))
                            + " is kept as JSON text: it nests deeper than " + options.maxDepth()
                            + " arrays (option max_depth)");
        }
        if (arrays == Arrays.TABLES && nested && !tooDeep) {
            Set<BsonType> strays = without(elements, BsonType.DOCUMENT);
            strays.addAll(scalars);
            if (!strays.isEmpty() && elements.contains(BsonType.DOCUMENT)) {
                warn(
                        draft,
                        "array " + (path.isEmpty() ? ColumnNames.ELEMENT : ColumnNames.of(path)) + " also holds "
                                + BsonTypeNames.join(strays) + " beside documents; column " + ColumnNames.ELEMENT
                                + " of its table has every element's text");
            }
            // A scalar where others hold an array is unwound as its only element.
            scalars.forEach(element::declare);
            if (documents) {
                field.children()
                        .forEach((name, child) -> element.childOrNew(name).absorb(child));
            }
            open.add(draft.child(path, element, rules.items().orElse(Validator.NONE)));
            return;
        }
        if (documents || !scalars.isEmpty() || nested) {
            addText(draft, field, path, notNull);
            return;
        }
        TypeChoice choice =
                TypeChoice.of(element, elements, DataType.TIMESTAMP, MixedTypes.TEXT, LegacyUuids.UNSPECIFIED);
        draft.add(column(draft, field, path, DataType.array(choice.type()), choice.mixed() ? elements : null, notNull)
                .withFacts(arrayFacts(elements, choice)));
    }

    private static SortedMap<String, String> arrayFacts(Set<BsonType> elements, TypeChoice choice) {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put(ColumnFacts.TYPES, BsonTypeNames.join(EnumSet.of(BsonType.ARRAY)));
        if (choice.mixed()) {
            facts.put(ColumnFacts.MIXED, BsonTypeNames.join(elements));
        }
        return facts;
    }

    private void addScalar(
            TableDraft draft, FieldProfile field, Set<BsonType> types, List<String> path, boolean notNull) {
        DataType dates = types.equals(EnumSet.of(BsonType.DATE_TIME))
                        && field.onlyMidnights()
                        && midnights.test(new DatePath(draft.arrayPaths(), draft.absolute(path)))
                ? DataType.DATE
                : DataType.TIMESTAMP;
        TypeChoice choice = TypeChoice.of(field, types, dates, options.mixedTypes(), options.legacyUuids());
        if (types.equals(EnumSet.of(BsonType.BINARY)) && field.onlyLegacyUuids()) {
            addLegacyUuid(draft, field, path, choice.type(), notNull);
            return;
        }
        if (types.size() > 1 && (choice.mixed() || options.mixedTypes() != MixedTypes.TEXT)) {
            warn(
                    draft,
                    "field " + ColumnNames.of(path) + " holds " + field.shares(types) + " and is read as "
                            + choice.type());
        }
        draft.add(column(draft, field, path, choice.type(), choice.mixed() ? types : null, notNull));
    }

    private void addLegacyUuid(
            TableDraft draft, FieldProfile field, List<String> path, DataType type, boolean notNull) {
        ColumnDescriptor column = column(draft, field, path, type, null, notNull);
        if (options.legacyUuids() == LegacyUuids.UNSPECIFIED) {
            warn(
                    draft,
                    "field " + ColumnNames.of(path)
                            + " holds UUIDs of subtype 3 and is read as bytes, because their order"
                            + " depends on the driver that wrote them: say it with option legacy_uuids");
        } else {
            SortedMap<String, String> facts = new TreeMap<>(column.facts());
            facts.put(ColumnFacts.LEGACY_UUIDS, options.legacyUuids().name());
            column = column.withFacts(facts);
        }
        draft.add(column);
    }

    /** Documents and arrays that are no tables are relaxed extended JSON. */
    private static void addText(TableDraft draft, FieldProfile field, List<String> path, boolean notNull) {
        draft.add(column(draft, field, path, DataType.VARCHAR, field.types(), notNull));
    }

    private static void addDeclared(
            TableDraft draft, FieldProfile field, List<String> path, DataType type, boolean notNull) {
        Set<BsonType> texts = EnumSet.of(BsonType.STRING, BsonType.OBJECT_ID, BsonType.SYMBOL);
        boolean anyText = type.equals(DataType.VARCHAR) && !texts.containsAll(field.types());
        draft.add(column(draft, field, path, type, anyText ? field.types() : null, notNull));
    }

    private static ColumnDescriptor column(
            TableDraft draft,
            FieldProfile field,
            List<String> path,
            DataType type,
            @Nullable Set<BsonType> mixed,
            boolean notNull) {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put(ColumnFacts.TYPES, BsonTypeNames.join(field.types()));
        if (mixed != null) {
            facts.put(ColumnFacts.MIXED, BsonTypeNames.join(mixed));
        }
        return new ColumnDescriptor(
                path.isEmpty() ? draft.nameOfElement() : ColumnNames.of(path),
                draft.absolute(path),
                type,
                BsonTypeNames.join(field.types()),
                !notNull,
                Optional.empty(),
                ColumnDescriptor.Generation.NONE,
                "",
                facts);
    }

    private Optional<DataType> declared(TableDraft draft, List<String> path) {
        String name = draft.name().table() + "." + (path.isEmpty() ? ColumnNames.ELEMENT : ColumnNames.of(path));
        return Optional.ofNullable(options.declared().get(name));
    }

    private void warn(TableDraft draft, String what) {
        warnings.add(draft.name().schema() + "." + draft.name().table() + " " + what);
    }

    private static Set<BsonType> without(Set<BsonType> types, BsonType... removed) {
        Set<BsonType> rest = types.isEmpty() ? EnumSet.noneOf(BsonType.class) : EnumSet.copyOf(types);
        rest.removeAll(List.of(removed));
        return rest;
    }

    private static List<String> append(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
