package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.Identifiers;

/** PostgreSQL's SQL. */
final class PostgresDialect implements Dialect {
    @Override
    public String quoted(String name) {
        return Identifiers.quoted(name);
    }

    @Override
    public Expr readable(Expr expr) {
        // The driver would give money in the server's currency format.
        return expr.form() == Form.MONEY
                ? Expr.atom(Sql.of("CAST(", expr.sql(), " AS numeric)"), expr.type(), expr.nullable())
                : expr;
    }
}
