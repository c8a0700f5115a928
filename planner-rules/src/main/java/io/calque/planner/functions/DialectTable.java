package io.calque.planner.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Operators by name without case. Immutable, thread-safe.
 *
 * <p>Categories are not asked: the parser makes calls of some functions itself (TRANSLATE, DATE_TRUNC) in categories of its own, and ours must answer
 * them.
 */
final class DialectTable implements SqlOperatorTable {
    private final List<SqlOperator> operators;
    private final Map<String, List<SqlOperator>> byName = new HashMap<>();

    DialectTable(List<SqlOperator> operators) {
        this.operators = List.copyOf(operators);
        for (SqlOperator operator : operators) {
            byName.computeIfAbsent(key(operator.getName()), k -> new ArrayList<>())
                    .add(operator);
        }
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (!name.isSimple()) {
            return;
        }
        for (SqlOperator operator : byName.getOrDefault(key(name.getSimple()), List.of())) {
            if (form(operator.getSyntax()) == form(syntax)) {
                found.add(operator);
            }
        }
    }

    /** COUNT(*), CURRENT_DATE and ABS(x) are all found as functions; - x and x - y are not the same. */
    private static SqlSyntax form(SqlSyntax syntax) {
        return switch (syntax) {
            case BINARY, PREFIX, POSTFIX -> syntax;
            default -> SqlSyntax.SPECIAL;
        };
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators;
    }
}
