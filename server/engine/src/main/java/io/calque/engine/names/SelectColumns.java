package io.calque.engine.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.util.Util;

/** Output names of a select list, as far as they can be told before validation. */
final class SelectColumns {
    private SelectColumns() {}

    static Optional<List<String>> of(SqlNodeList list, Scope scope) {
        List<String> names = new ArrayList<>();
        for (SqlNode item : list) {
            if (item instanceof SqlIdentifier id && id.isStar()) {
                Optional<List<String>> expanded = star(id, scope);
                if (expanded.isEmpty()) {
                    return Optional.empty();
                }
                names.addAll(expanded.get());
                continue;
            }
            names.add(name(item));
        }
        return Optional.of(names);
    }

    private static Optional<List<String>> star(SqlIdentifier star, Scope scope) {
        List<String> names = new ArrayList<>();
        String qualifier = star.names.size() == 1 ? "" : star.names.get(star.names.size() - 2);
        for (Relation relation : scope.relations()) {
            if (qualifier.isEmpty() || relation.alias().equalsIgnoreCase(qualifier)) {
                if (relation.columns().isEmpty()) {
                    return Optional.empty();
                }
                names.addAll(relation.columns().get());
            }
        }
        return Optional.of(names);
    }

    /** An expression without a name has none that a query could write. */
    private static String name(SqlNode item) {
        if (item instanceof SqlIdentifier id) {
            return Util.last(id.names);
        }
        if (item instanceof SqlBasicCall as && as.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) as.operand(1)).getSimple();
        }
        return "";
    }
}
