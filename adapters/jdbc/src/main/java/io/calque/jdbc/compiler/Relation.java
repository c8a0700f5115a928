package io.calque.jdbc.compiler;

/**
 * Something a FROM clause reads. Compared by identity: the same table read twice is two relations.
 */
final class Relation {
    private final String preferred;
    private final Sql source;
    private final boolean table;

    private Relation(String preferred, Sql source, boolean table) {
        this.preferred = preferred;
        this.source = source;
        this.table = table;
    }

    /**
     * @param name the table's own name, its alias as long as it is unique
     * @param qualified as FROM spells it
     */
    static Relation table(String name, String qualified) {
        return new Relation(name, Sql.of(qualified), true);
    }

    static Relation subselect(Sql select) {
        return new Relation("q", Sql.of("(", select, ")"), false);
    }

    String preferred() {
        return preferred;
    }

    Sql source() {
        return source;
    }

    /** Whether it can do without an alias. */
    boolean isTable() {
        return table;
    }
}
