package io.calque.planner.functions;

import io.calque.planner.lowering.EngineFunction;
import io.calque.planner.lowering.SessionFunctions;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.ReturnTypes;

/** Functions that tools call to learn where they are. Immutable, thread-safe. */
final class SessionOperators {
    static final List<SqlOperator> ALL = List.of(
            of("VERSION", "version", SqlSyntax.FUNCTION),
            of("CURRENT_DATABASE", "currentCatalog", SqlSyntax.FUNCTION),
            of("CURRENT_CATALOG", "currentCatalog", SqlSyntax.FUNCTION_ID),
            of("CURRENT_SCHEMA", "currentSchema", SqlSyntax.FUNCTION_ID),
            of("CURRENT_USER", "currentUser", SqlSyntax.FUNCTION_ID),
            of("SESSION_USER", "currentUser", SqlSyntax.FUNCTION_ID),
            of("USER", "currentUser", SqlSyntax.FUNCTION_ID));

    private SessionOperators() {}

    private static EngineFunction of(String name, String method, SqlSyntax syntax) {
        return EngineFunction.ofContext(
                name, SessionFunctions.class, method, ReturnTypes.VARCHAR, Signature.of(), syntax);
    }
}
