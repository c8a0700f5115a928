package io.calque.testkit.fuzz;

/**
 * A column that an expression may name.
 *
 * @param tame whether arithmetic may take it
 * @param link whether joins find partners by it
 */
record Visible(String alias, String name, Family family, boolean tame, boolean link, boolean key) {
    Expr expression() {
        return Expr.leaf(family, alias + "." + SqlTables.quoted(name));
    }
}
