package io.calque.registry.system;

import io.calque.spi.TableName;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A key with a name: the standard's views join on names, so one that the source left out is made up as PostgreSQL does.
 * Immutable.
 *
 * @param name unique within its table
 * @param target the referenced table of a foreign key
 * @param targetColumns as many as {@code columns} for a foreign key, else none
 */
record Constraint(
        TableName table,
        Type type,
        String name,
        List<String> columns,
        Optional<TableName> target,
        List<String> targetColumns) {

    enum Type {
        PRIMARY("PRIMARY KEY"),
        UNIQUE("UNIQUE"),
        FOREIGN("FOREIGN KEY");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Primary key, unique keys, foreign keys. */
    static List<Constraint> of(TableDescriptor table) {
        List<Constraint> constraints = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        String stem = table.name().table();
        table.primaryKey()
                .ifPresent(k -> constraints.add(of(table, Type.PRIMARY, k, name(k.name(), stem + "_pkey", taken))));
        for (KeyDescriptor key : table.uniqueKeys()) {
            String name = name(key.name(), stem + "_" + String.join("_", key.columns()) + "_key", taken);
            constraints.add(of(table, Type.UNIQUE, key, name));
        }
        for (ForeignKeyDescriptor key : table.foreignKeys()) {
            String name = name(key.name(), stem + "_" + String.join("_", key.columns()) + "_fkey", taken);
            constraints.add(new Constraint(
                    table.name(), Type.FOREIGN, name, key.columns(), Optional.of(key.target()), key.targetColumns()));
        }
        return constraints;
    }

    private static Constraint of(TableDescriptor table, Type type, KeyDescriptor key, String name) {
        return new Constraint(table.name(), type, name, key.columns(), Optional.empty(), List.of());
    }

    private static String name(String given, String made, Set<String> taken) {
        String wanted = given.isEmpty() ? made : given;
        String name = wanted;
        for (int number = 1; !taken.add(name); number++) {
            name = wanted + number;
        }
        return name;
    }

    /** One row for each column of the key. */
    <T> Stream<T> eachColumn(IntFunction<T> row) {
        return IntStream.range(0, columns.size()).mapToObj(row);
    }

    /** The key of the referenced table with the referenced columns, in any order. */
    Optional<Constraint> referenced(Optional<TableDescriptor> targetTable) {
        return targetTable.stream()
                .flatMap(t -> of(t).stream())
                .filter(c -> c.type() != Type.FOREIGN)
                .filter(c -> Set.copyOf(c.columns()).equals(Set.copyOf(targetColumns)))
                .findFirst();
    }
}
