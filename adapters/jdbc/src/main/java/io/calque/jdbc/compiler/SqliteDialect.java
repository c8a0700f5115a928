package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.type.DataType;

/** SQLite's SQL. */
final class SqliteDialect implements Dialect {
    @Override
    public String quoted(String name) {
        return Identifiers.quoted(name);
    }

    @Override
    public Expr readable(Expr expr) {
        // Values of mixed classes have only SQLite's own text form in common.
        return expr.form() == Form.NATIVE && expr.type().equals(DataType.VARCHAR)
                ? Expr.atom(Sql.of("CAST(", expr.sql(), " AS TEXT)"), expr.type(), expr.nullable())
                : expr;
    }
}
