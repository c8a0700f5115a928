package io.calque.engine.names;

import io.calque.planner.functions.CalqueOperators;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * A group by the primary key of a table has one row of that table, so its other columns may be shown without an aggregate (SQL:1999, T301,
 * as in PostgreSQL). Those that are read join the grouping columns, which changes no group. Stateless.
 */
final class DependentColumns {
    private static final Set<String> AGGREGATES = CalqueOperators.table().getOperatorList().stream()
            .filter(operator -> operator.isAggregator())
            .map(operator -> operator.getName().toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private DependentColumns() {}

    /**
     * @param group as written and resolved; of columns only, else it is left as it is
     * @param readers expressions over the groups, resolved
     */
    static SqlNodeList complete(SqlNodeList group, List<SqlNode> readers, Scope scope) {
        Set<Read> grouped = new HashSet<>();
        for (SqlNode item : group) {
            if (!(item instanceof SqlIdentifier column)) {
                return group;
            }
            read(column, scope).ifPresent(grouped::add);
        }
        List<Relation> determined = scope.relations().stream()
                .filter(relation -> relation.key().isPresent()
                        && relation.key().get().stream()
                                .allMatch(column -> grouped.contains(new Read(relation, column))))
                .toList();
        if (determined.isEmpty()) {
            return group;
        }
        Set<Read> missing = new LinkedHashSet<>();
        for (SqlNode reader : readers) {
            reader.accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlIdentifier identifier) {
                    read(identifier, scope)
                            .filter(read -> determined.contains(read.relation()) && !grouped.contains(read))
                            .ifPresent(missing::add);
                    return null;
                }

                @Override
                public Void visit(SqlCall call) {
                    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
                    return AGGREGATES.contains(name) ? null : super.visit(call);
                }
            });
        }
        List<SqlNode> all = new ArrayList<>(group.getList());
        SqlParserPos at = group.getParserPosition();
        missing.forEach(
                read -> all.add(new SqlIdentifier(List.of(read.relation().alias(), read.column()), at)));
        return missing.isEmpty() ? group : new SqlNodeList(all, at);
    }

    /** A column of one relation of the scope. */
    private record Read(Relation relation, String column) {}

    /** What a resolved reference reads; empty for an alias of the select list, and for what only the validator can tell. */
    private static Optional<Read> read(SqlIdentifier column, Scope scope) {
        List<String> names = column.names;
        if (column.isStar() || names.size() > 2 || (names.size() == 1 && scope.isSelectAlias(names.get(0)))) {
            return Optional.empty();
        }
        List<Read> reads = scope.relations().stream()
                .filter(relation -> names.size() == 1 || relation.alias().equals(names.get(0)))
                .flatMap(relation ->
                        relation.column(names.get(names.size() - 1)).stream().map(found -> new Read(relation, found)))
                .toList();
        return reads.size() == 1 ? Optional.of(reads.get(0)) : Optional.empty();
    }
}
