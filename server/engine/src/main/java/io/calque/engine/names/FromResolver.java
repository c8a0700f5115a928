package io.calque.engine.names;

import io.calque.engine.names.QueryResolver.Resolved;
import io.calque.engine.names.Scope.CommonTable;
import io.calque.engine.names.TableIndex.Entry;
import io.calque.engine.names.TableIndex.TableEntry;
import io.calque.engine.names.TableIndex.ViewEntry;
import io.calque.engine.names.TableUses.NativeUse;
import io.calque.engine.names.TableUses.QuestionForm;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.Util;

/** Resolves the items of a FROM clause and makes them known to its scope. Single-threaded, used for one statement. */
final class FromResolver {
    private static final int MAX_VIEW_DEPTH = 50;

    private final QueryResolver queries;
    private final TableIndex tables;
    private final TableUses uses;
    private int viewDepth;

    FromResolver(QueryResolver queries, TableIndex tables, TableUses uses) {
        this.queries = queries;
        this.tables = tables;
        this.uses = uses;
    }

    /** The rewritten item; its relations are added to {@code scope}. */
    SqlNode resolve(SqlNode item, Scope scope, List<String> searchPath) {
        if (item instanceof SqlJoin join) {
            return resolveJoin(join, scope, searchPath);
        }
        if (item instanceof SqlBasicCall as && as.getKind() == SqlKind.AS) {
            return resolveAliased(as, scope, searchPath);
        }
        if (item instanceof SqlIdentifier table) {
            return resolveTable(table, Util.last(table.names), Optional.empty(), scope, searchPath);
        }
        Resolved body = resolveBody(item, scope, searchPath);
        scope.add(Relation.aliased("", body.columns()));
        return body.node();
    }

    private SqlNode resolveJoin(SqlJoin join, Scope scope, List<String> searchPath) {
        int first = scope.relations().size();
        SqlNode left = resolve(join.getLeft(), scope, searchPath);
        int middle = scope.relations().size();
        SqlNode right = resolve(join.getRight(), scope, searchPath);
        mergeColumns(join, scope, first, middle);
        SqlNode condition = join.getCondition();
        boolean on = condition != null && !(condition instanceof SqlNodeList);
        return new SqlJoin(
                join.getParserPosition(),
                left,
                join.isNaturalNode(),
                join.getJoinTypeNode(),
                right,
                join.getConditionTypeNode(),
                on ? queries.expression(condition, scope, searchPath) : condition);
    }

    /**
     * Tells the scope which columns NATURAL or USING make one. Of a full join neither side's column is the merged one: that is left
     * to the validator, which knows it in the select list.
     */
    private static void mergeColumns(SqlJoin join, Scope scope, int first, int middle) {
        List<Relation> left = List.copyOf(scope.relations().subList(first, middle));
        List<Relation> right =
                List.copyOf(scope.relations().subList(middle, scope.relations().size()));
        List<String> names = List.of();
        if (join.isNatural()) {
            names = right.stream()
                    .flatMap(r -> r.columns().stream().flatMap(List::stream))
                    .toList();
        } else if (join.getCondition() instanceof SqlNodeList using) {
            names = using.stream().map(n -> ((SqlIdentifier) n).getSimple()).toList();
        }
        if (join.getJoinType() == JoinType.FULL) {
            return;
        }
        for (String name : names) {
            Optional<Relation> leftOwner = owner(name, left);
            Optional<Relation> rightOwner = owner(name, right);
            if (leftOwner.isPresent() && rightOwner.isPresent()) {
                scope.merge(
                        name,
                        scope.mergedInto(name)
                                .filter(left::contains)
                                .filter(m -> join.getJoinType() != JoinType.RIGHT)
                                .orElse((join.getJoinType() == JoinType.RIGHT ? rightOwner : leftOwner).get()));
            }
        }
    }

    private static Optional<Relation> owner(String column, List<Relation> relations) {
        return relations.stream().filter(r -> r.column(column).isPresent()).findFirst();
    }

    private SqlNode resolveAliased(SqlBasicCall as, Scope scope, List<String> searchPath) {
        String alias = ((SqlIdentifier) as.operand(1)).getSimple();
        List<SqlNode> renames = as.getOperandList().subList(2, as.operandCount());
        Optional<List<String>> columns = renames.isEmpty()
                ? Optional.empty()
                : Optional.of(renames.stream()
                        .map(n -> ((SqlIdentifier) n).getSimple())
                        .toList());
        if (as.operand(0) instanceof SqlIdentifier table) {
            SqlBasicCall resolved = (SqlBasicCall) resolveTable(table, alias, columns, scope, searchPath);
            return withRenames(resolved, as.operand(1), renames);
        }
        Resolved body = resolveBody(as.operand(0), scope, searchPath);
        scope.add(Relation.aliased(alias, columns.isPresent() ? columns : body.columns()));
        return withRenames(
                SqlStdOperatorTable.AS.createCall(as.getParserPosition(), body.node(), as.operand(1)),
                as.operand(1),
                renames);
    }

    private static SqlNode withRenames(SqlCall as, SqlNode alias, List<SqlNode> renames) {
        if (renames.isEmpty()) {
            return as;
        }
        List<SqlNode> operands = new ArrayList<>(List.of(as.operand(0), alias));
        operands.addAll(renames);
        return SqlStdOperatorTable.AS.createCall(as.getParserPosition(), operands);
    }

    private SqlNode resolveTable(
            SqlIdentifier written, String alias, Optional<List<String>> renames, Scope scope, List<String> searchPath) {
        SqlParserPos at = written.getParserPosition();
        SqlIdentifier name = new SqlIdentifier(alias, at);
        if (written.isSimple()) {
            Optional<CommonTable> common = scope.commonTable(written.getSimple());
            if (common.isPresent()) {
                CommonTable table = common.get();
                scope.add(Relation.aliased(alias, renames.isPresent() ? renames : table.columns()));
                return SqlStdOperatorTable.AS.createCall(at, new SqlIdentifier(table.name(), at), name);
            }
        }
        Entry entry;
        try {
            entry = tables.resolve(written.names, searchPath);
        } catch (QueryException e) {
            throw Positions.at(e, at);
        }
        if (entry instanceof ViewEntry view) {
            Resolved body = expand(view.view(), scope);
            scope.add(Relation.aliased(alias, renames.isPresent() ? renames : body.columns()));
            return SqlStdOperatorTable.AS.createCall(at, body.node(), name);
        }
        TableEntry table = (TableEntry) entry;
        uses.reads(table.table(), table.overridden());
        List<String> columns = renames.orElse(
                table.table().columns().stream().map(ColumnDescriptor::name).toList());
        boolean renamed = !alias.equals(Util.last(written.names));
        List<String> qualifiers = renamed ? List.of(alias.toLowerCase(Locale.ROOT)) : qualifiers(table.name(), alias);
        Optional<List<String>> key = renames.isEmpty() ? key(table.table()) : Optional.empty();
        scope.add(new Relation(alias, qualifiers, Optional.of(columns), key));
        return SqlStdOperatorTable.AS.createCall(
                at, new SqlIdentifier(table.name().path(), at), name);
    }

    /** Its primary key; SQLite lets NULL into one, and then it tells no rows apart. */
    private static Optional<List<String>> key(TableDescriptor table) {
        return table.primaryKey()
                .map(KeyDescriptor::columns)
                .filter(key -> table.columns().stream()
                        .filter(column -> key.contains(column.name()))
                        .noneMatch(ColumnDescriptor::nullable));
    }

    private static List<String> qualifiers(TableName name, String alias) {
        String table = name.table();
        return List.of(
                        alias,
                        table,
                        name.schema() + "." + table,
                        name.source() + "." + table,
                        name.toString(),
                        "calque." + name)
                .stream()
                .map(q -> q.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** A view means its query, with names resolved along the path that was in force when it was made. */
    private Resolved expand(ViewDescriptor view, Scope scope) {
        if (viewDepth >= MAX_VIEW_DEPTH) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT, "View '" + view.name() + "' refers to itself, or views nest too deep");
        }
        viewDepth++;
        try {
            Resolved body = queries.resolve(uses.parseView(view), Scope.root(), view.searchPath());
            return view.columnNames().isEmpty() ? body : renamed(body, view.columnNames());
        } catch (QueryException e) {
            throw new QueryException(e.code(), "In view '" + view.name() + "': " + e.getMessage(), e);
        } finally {
            viewDepth--;
        }
    }

    private static Resolved renamed(Resolved body, List<String> columns) {
        SqlParserPos at = SqlParserPos.ZERO;
        List<SqlNode> operands = new ArrayList<>();
        operands.add(body.node());
        operands.add(new SqlIdentifier("view", at));
        columns.forEach(c -> operands.add(new SqlIdentifier(c, at)));
        SqlNode from = SqlStdOperatorTable.AS.createCall(at, operands);
        SqlNode select = new SqlSelect(
                at,
                null,
                SqlNodeList.of(SqlIdentifier.star(at)),
                from,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Resolved(select, Optional.of(columns));
    }

    private Resolved resolveBody(SqlNode item, Scope scope, List<String> searchPath) {
        if (item.getKind().belongsTo(SqlKind.QUERY) || item.getKind() == SqlKind.WITH) {
            return queries.resolve(item, scope.outer().orElse(scope), searchPath);
        }
        if (item instanceof SqlBasicCall call && call.getKind() == SqlKind.LATERAL) {
            Resolved body = queries.resolve(call.operand(0), scope, searchPath);
            return new Resolved(call.getOperator().createCall(call.getParserPosition(), body.node()), body.columns());
        }
        if (item instanceof SqlBasicCall call && call.getKind() == SqlKind.COLLECTION_TABLE) {
            Optional<Resolved> passed = passThrough(call.operand(0)).or(() -> question(call.operand(0)));
            if (passed.isPresent()) {
                return passed.get();
            }
        }
        // UNNEST and the like read columns of the items before them.
        return new Resolved(queries.expression(item, scope, searchPath), Optional.empty());
    }

    /** A question stands for its query, as a view does: what is around it is optimised together with it. */
    private Optional<Resolved> question(SqlNode function) {
        if (!(function instanceof SqlCall call)
                || call.getOperator().getNameAsId().names.size() != 1) {
            return Optional.empty();
        }
        Optional<QuestionForm> form = form(call.getOperator().getName());
        if (form.isEmpty()) {
            return Optional.empty();
        }
        boolean oneText = call.operandCount() == 1
                && call.operand(0) instanceof SqlLiteral literal
                && literal.getTypeName().getFamily() == SqlTypeFamily.CHARACTER;
        SqlParserPos at = call.getParserPosition();
        if (!oneText) {
            throw Positions.at(
                    new QueryException(ErrorCode.NOT_SUPPORTED, "A question is one text literal: TABLE(NL('...'))"),
                    at);
        }
        String text = ((SqlLiteral) call.operand(0)).getValueAs(String.class);
        try {
            return Optional.of(queries.resolve(uses.question(form.get(), text), Scope.root(), List.of()));
        } catch (QueryException e) {
            throw Positions.at(e, at);
        }
    }

    private static Optional<QuestionForm> form(String function) {
        return switch (function.toUpperCase(Locale.ROOT)) {
            case "NL" -> Optional.of(QuestionForm.ROWS);
            case "NL_PLAN" -> Optional.of(QuestionForm.PLAN);
            case "NL_CONTEXT" -> Optional.of(QuestionForm.CONTEXT);
            case "CLASSIFY" -> Optional.of(QuestionForm.SOURCES);
            case "PLAN_OF" -> Optional.of(QuestionForm.QUERY);
            default -> Optional.empty();
        };
    }

    private Optional<Resolved> passThrough(SqlNode function) {
        if (!(function instanceof SqlCall call)
                || call.getOperator().getNameAsId().names.size() != 2
                || !Util.last(call.getOperator().getNameAsId().names).equalsIgnoreCase("query")) {
            return Optional.empty();
        }
        boolean oneText = call.operandCount() == 1
                && call.operand(0) instanceof SqlLiteral literal
                && literal.getTypeName().getFamily() == SqlTypeFamily.CHARACTER;
        if (!oneText) {
            throw Positions.at(
                    new QueryException(
                            ErrorCode.INVALID_PARAMETER, "query() takes one text literal: TABLE(source.query('...'))"),
                    call.getParserPosition());
        }
        String source = call.getOperator().getNameAsId().names.get(0);
        String text = ((SqlLiteral) call.operand(0)).getValueAs(String.class);
        NativeUse use = uses.passThrough(new SourceId(source), text);
        SqlNode table = new SqlIdentifier(use.name().path(), call.getParserPosition());
        return Optional.of(new Resolved(table, Optional.of(use.columns())));
    }
}
