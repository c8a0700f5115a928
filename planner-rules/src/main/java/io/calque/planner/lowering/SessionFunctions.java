package io.calque.planner.lowering;

import org.apache.calcite.DataContext;

/** What clients ask about the server and their session. Stateless; answers come from the query's context. */
public final class SessionFunctions {
    /** The context's variables for the names that unqualified tables are looked up in first; both may be missing. */
    public static final String CATALOG = "currentCatalog";

    public static final String SCHEMA = "currentSchema";

    private SessionFunctions() {}

    public static String currentUser(DataContext context) {
        return variable(context, DataContext.Variable.USER.camelName, "calque");
    }

    public static String currentCatalog(DataContext context) {
        return variable(context, CATALOG, "calque");
    }

    public static String currentSchema(DataContext context) {
        return variable(context, SCHEMA, "public");
    }

    /** The product, then PostgreSQL's version whose SQL is followed: clients read the number after the name. */
    public static String version() {
        return "Calque 0.1.0 (SQL as in PostgreSQL 16)";
    }

    private static String variable(DataContext context, String name, String otherwise) {
        return context.get(name) instanceof String value ? value : otherwise;
    }
}
