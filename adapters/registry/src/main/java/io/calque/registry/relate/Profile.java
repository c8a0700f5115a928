package io.calque.registry.relate;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One table with its columns profiled: names read, keys found. Belongs to one run; unchanging once built. */
final class Profile {
    /** Words of columns that describe: unique by chance or by rule, and seldom referred to. */
    private static final Set<String> DESCRIBING = Set.of(
            "name",
            "title",
            "description",
            "desc",
            "email",
            "mail",
            "phone",
            "telephone",
            "fax",
            "address",
            "street",
            "comment",
            "note",
            "text",
            "url",
            "path",
            "label",
            "remark",
            "subject",
            "content",
            "body",
            "firstname",
            "lastname",
            "surname");

    private static final int SHORT_CODE = 24;
    private static final double NEARLY_ALL = 0.99;

    private final TableDescriptor descriptor;
    private final TableSketch sketch;
    private final List<String> words;
    private final List<Column> columns = new ArrayList<>();

    private Profile(TableSketch sketch) {
        this.descriptor = sketch.table();
        this.sketch = sketch;
        this.words = NameWords.ofTable(descriptor.name().table());
    }

    /**
     * @param known words of all tables of the catalog
     */
    static Profile of(TableSketch sketch, Set<String> known) {
        Profile profile = new Profile(sketch);
        profile.addColumns(known);
        return profile;
    }

    TableDescriptor descriptor() {
        return descriptor;
    }

    /** Words of the table's name. */
    List<String> words() {
        return words;
    }

    List<Column> columns() {
        return columns;
    }

    double rows() {
        return sketch.tableRows();
    }

    boolean complete() {
        return sketch.complete();
    }

    /** Share of the table's rows that were seen. */
    double seen() {
        return sketch.complete() ? 1 : Math.min(1, sketch.rows() / Math.max(1, sketch.tableRows()));
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.descriptor().name().equals(name)).findFirst();
    }

    static boolean describes(ColumnName name) {
        return !name.marked() && name.stem().stream().anyMatch(DESCRIBING::contains);
    }

    private void addColumns(Set<String> known) {
        String prefix = ColumnName.sharedPrefix(
                descriptor.columns().stream().map(ColumnDescriptor::name).toList());
        List<Column> unkeyed = new ArrayList<>();
        for (int i = 0; i < descriptor.columns().size(); i++) {
            ColumnDescriptor column = descriptor.columns().get(i);
            Optional<ColumnSketch> values = sketch.column(column.name());
            if (values.isPresent() && values.get().filled() > 0) {
                ColumnName name = ColumnName.of(column.name(), prefix, known);
                unkeyed.add(new Column(this, column, i, isInherited(column), name, values.get(), KeyKind.NONE));
            }
        }
        Map<Sort, Column> best = bestBySort(unkeyed);
        for (Column column : unkeyed) {
            columns.add(new Column(
                    this,
                    column.descriptor(),
                    column.position(),
                    column.inherited(),
                    column.name(),
                    column.sketch(),
                    keyKind(column, best)));
        }
    }

    /** Parent's keys and positions in arrays: they refer by nesting, which is declared. */
    private boolean isInherited(ColumnDescriptor column) {
        if (descriptor.nestedIn().isEmpty()) {
            return false;
        }
        NestedIn nested = descriptor.nestedIn().get();
        List<String> prefix = nested.arrays().stream().flatMap(List::stream).toList();
        List<String> path = column.path();
        boolean within =
                path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
        return !within || path.get(path.size() - 1).equals("#");
    }

    private KeyKind keyKind(Column column, Map<Sort, Column> best) {
        String name = column.descriptor().name();
        if (isAlone(descriptor.primaryKey().stream(), name)) {
            return KeyKind.PRIMARY;
        }
        boolean uniquelyIndexed = descriptor.indexes().stream()
                .anyMatch(i -> i.unique() && isWhole(i) && columnNames(i).equals(List.of(name)));
        if (isAlone(descriptor.uniqueKeys().stream(), name) || uniquelyIndexed) {
            return KeyKind.UNIQUE;
        }
        if (!measuredUnique(column)) {
            return KeyKind.NONE;
        }
        return column.equals(best.get(Sort.of(column))) ? KeyKind.BEST : KeyKind.OTHER;
    }

    private static boolean isAlone(Stream<KeyDescriptor> keys, String column) {
        return keys.anyMatch(k -> k.columns().equals(List.of(column)));
    }

    private static boolean isWhole(IndexDescriptor index) {
        return index.condition().isEmpty() && index.columns().stream().noneMatch(IndexColumn::expression);
    }

    private static List<String> columnNames(IndexDescriptor index) {
        return index.columns().stream().map(IndexColumn::name).toList();
    }

    private boolean measuredUnique(Column column) {
        if (!column.sketch().unique() || column.inherited() || column.sketch().rows() < 2) {
            return false;
        }
        double distinct = descriptor
                .statistics()
                .column(column.descriptor().name())
                .distinctCount()
                .orElse(0);
        // A part of the rows proves nothing; then the source's own statistics must agree.
        return column.sketch().complete() || distinct >= NEARLY_ALL * rows();
    }

    private Map<Sort, Column> bestBySort(List<Column> candidates) {
        Map<Sort, Column> best = new EnumMap<>(Sort.class);
        candidates.stream()
                .filter(this::measuredUnique)
                .sorted(Comparator.comparingDouble(this::likeness).reversed().thenComparing(Column::position))
                .forEach(c -> best.putIfAbsent(Sort.of(c), c));
        // What the source declares needs no rival of its own sort.
        descriptor
                .primaryKey()
                .ifPresent(key -> candidates.stream()
                        .filter(c -> key.columns().contains(c.descriptor().name()))
                        .forEach(c -> best.remove(Sort.of(c))));
        return best;
    }

    /** How much a unique column looks like the key of its table. */
    private double likeness(Column column) {
        ColumnName name = column.name();
        boolean ownName =
                name.marked() && (!name.tells() || String.join("", name.stem()).equals(String.join("", words)));
        double likeness = ownName ? 3 : name.marked() ? 1.5 : 0;
        likeness += column.position() == 0 ? 1 : 0;
        likeness -= describes(name) || name.measure() ? 2 : 0;
        likeness += column.isText()
                        && column.sketch().shape().longest() > SHORT_CODE
                        && !column.sketch().shape().isRandomIdentifier()
                ? -1
                : 0;
        return likeness;
    }

    /** A table may well have a number, a code and a UUID as keys beside each other, but hardly two of a sort. */
    private enum Sort {
        NUMBER,
        CODE,
        RANDOM;

        static Sort of(Column column) {
            if (column.descriptor().type().kind() != TypeKind.VARCHAR) {
                return NUMBER;
            }
            return column.sketch().shape().isRandomIdentifier() ? RANDOM : CODE;
        }
    }
}
