package io.calque.engine.prepare;

import io.calque.engine.ResultColumn;
import io.calque.engine.names.MetricNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlCase;

/**
 * What result columns without a name of their own are called: as in PostgreSQL, by their function, else by their
 * column, else {@code ?column?}. Stateless. Source: PostgreSQL's documentation, "Select Lists", and what it answers.
 */
final class ColumnLabels {
    /** How the validator calls them. */
    private static final String UNNAMED = "EXPR$";

    private static final String NO_NAME = "?column?";

    private ColumnLabels() {}

    /**
     * @param query as it was parsed
     * @param columns of its result
     */
    static List<ResultColumn> name(SqlNode query, List<ResultColumn> columns) {
        if (columns.stream().noneMatch(ColumnLabels::isUnnamed)) {
            return columns;
        }
        List<Optional<String>> labels = labels(query, columns.size());
        List<ResultColumn> named = new ArrayList<>(columns);
        // A star stands for any number of columns, all with names: what follows it is counted from the end.
        int behindStar = columns.size() - labels.size();
        boolean star = false;
        for (int i = 0; i < labels.size(); i++) {
            star = star || labels.get(i).isEmpty();
            int position = star ? i + behindStar : i;
            if (isUnnamed(columns.get(position))) {
                named.set(position, columns.get(position).labelled(labels.get(i).orElse(NO_NAME)));
            }
        }
        return named;
    }

    private static boolean isUnnamed(ResultColumn column) {
        return column.label().startsWith(UNNAMED);
    }

    /** A label for each item of the select list, empty for a star. The first branch of a set operation names the columns. */
    private static List<Optional<String>> labels(SqlNode query, int columns) {
        if (query instanceof SqlOrderBy ordered) {
            return labels(ordered.query, columns);
        }
        if (query instanceof SqlWith with) {
            return labels(with.body, columns);
        }
        if (query instanceof SqlSelect select) {
            return select.getSelectList().stream()
                    .map(item -> isStar(item) ? Optional.<String>empty() : Optional.of(label(item)))
                    .toList();
        }
        if (query.getKind() == SqlKind.VALUES) {
            List<Optional<String>> numbered = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                numbered.add(Optional.of("column" + i));
            }
            return numbered;
        }
        return query instanceof SqlCall setOperation && query.isA(SqlKind.SET_QUERY)
                ? labels(setOperation.operand(0), columns)
                : List.of();
    }

    private static boolean isStar(SqlNode item) {
        return item instanceof SqlIdentifier identifier && identifier.isStar();
    }

    private static String label(SqlNode item) {
        if (item instanceof SqlIdentifier identifier) {
            return identifier.names.get(identifier.names.size() - 1);
        }
        if (!(item instanceof SqlCall call)) {
            return NO_NAME;
        }
        return switch (call.getKind()) {
            case AS -> label(call.operand(1));
            case OVER, FILTER, WITHIN_GROUP, RESPECT_NULLS, IGNORE_NULLS -> label(call.operand(0));
            case CAST, SAFE_CAST -> cast(call);
            case CASE -> orElse(((SqlCase) call).getElseOperand(), "case");
            case EXISTS -> "exists";
            case SCALAR_QUERY -> label(call.operand(0));
            case SELECT -> first(((SqlSelect) call).getSelectList());
            case ARRAY_VALUE_CONSTRUCTOR, ARRAY_QUERY_CONSTRUCTOR -> "array";
            case ROW -> "row";
            default ->
                MetricNames.name(call)
                        .orElseGet(() -> call.getOperator() instanceof SqlFunction function
                                ? function.getName().toLowerCase(Locale.ROOT)
                                : NO_NAME);
        };
    }

    private static String first(SqlNodeList items) {
        return items.isEmpty() ? NO_NAME : label(items.get(0));
    }

    /** The name of what is cast; where that has none, the name of the type. */
    private static String cast(SqlCall cast) {
        return orElse(cast.operand(0), cast.operand(1) instanceof SqlDataTypeSpec type ? typeName(type) : NO_NAME);
    }

    private static String typeName(SqlDataTypeSpec type) {
        return type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                ? basic.getTypeName().getSimple().toLowerCase(Locale.ROOT)
                : NO_NAME;
    }

    private static String orElse(SqlNode named, String other) {
        String label = label(named);
        return label.equals(NO_NAME) ? other : label;
    }
}
