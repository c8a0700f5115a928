package io.calque.engine.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What names mean at one place in a statement: the relations of its FROM, then those around it. Single-threaded. */
final class Scope {
    private final Optional<Scope> outer;
    private final List<Relation> relations = new ArrayList<>();
    private final List<CommonTable> commonTables = new ArrayList<>();
    private final Set<String> selectAliases = new HashSet<>();
    private final Map<String, Relation> merged = new HashMap<>();

    Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope root() {
        return new Scope(Optional.empty());
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    Optional<Scope> outer() {
        return outer;
    }

    List<Relation> relations() {
        return relations;
    }

    void add(Relation relation) {
        relations.add(relation);
    }

    /**
     * A WITH item.
     *
     * @param name as declared
     * @param columns as far as they are known
     */
    record CommonTable(String name, Optional<List<String>> columns) {}

    void addCommonTable(CommonTable table) {
        commonTables.add(table);
    }

    /** Joins merge columns of one name: a plain reference means the one of {@code relation}. */
    void merge(String column, Relation relation) {
        merged.put(column.toLowerCase(Locale.ROOT), relation);
    }

    /** Whose column a plain reference to a merged one means; empty for a column that no join here merged. */
    Optional<Relation> mergedInto(String column) {
        return Optional.ofNullable(merged.get(column.toLowerCase(Locale.ROOT)));
    }

    /** Names that the select list gives; ORDER BY and GROUP BY read them before columns. */
    void addSelectAlias(String name) {
        selectAliases.add(name.toLowerCase(Locale.ROOT));
    }

    boolean isSelectAlias(String name) {
        return selectAliases.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The nearest WITH item of this name, whatever its case; where two differ in case only, the one spelled alike. */
    Optional<CommonTable> commonTable(String name) {
        return commonTables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .or(() -> commonTables.stream()
                        .filter(table -> table.name().equalsIgnoreCase(name))
                        .findFirst())
                .or(() -> outer.flatMap(o -> o.commonTable(name)));
    }
}
