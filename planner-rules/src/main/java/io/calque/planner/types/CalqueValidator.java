package io.calque.planner.types;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, which also finds the types of question marks in places where its own never looks: below an aggregate's FILTER in
 * HAVING, in a CASE that is sorted by or compared, and in the copies that it makes of expressions. One question mark has one type, wherever
 * its copies stand. Single-threaded, one per statement.
 */
public final class CalqueValidator extends SqlValidatorImpl {
    private final NavigableMap<Integer, RelDataType> parameters = new TreeMap<>();
    /** Calls on the way: what their question marks are can depend on their own type. */
    private final Set<SqlCall> inferring = Collections.newSetFromMap(new IdentityHashMap<>());

    public CalqueValidator(
            SqlOperatorTable operators, SqlValidatorCatalogReader catalog, RelDataTypeFactory types, Config config) {
        super(operators, catalog, types, config);
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        if (node instanceof SqlDynamicParam parameter) {
            RelDataType known = parameters.get(parameter.getIndex());
            super.inferUnknownTypes(known == null ? inferredType : known, scope, node);
            RelDataType inferred = super.getValidatedNodeTypeIfKnown(node);
            if (inferred != null) {
                parameters.putIfAbsent(parameter.getIndex(), inferred);
            }
            return;
        }
        super.inferUnknownTypes(inferredType, scope, node);
    }

    /** A call's type may be asked for before anybody has looked at its question marks. */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        if (expression instanceof SqlCall call
                && !call.isA(SqlKind.QUERY)
                && call.getOperator().getOperandTypeInference() != null
                && call.getOperandList().stream().anyMatch(this::isUnknown)
                && inferring.add(call)) {
            inferUnknownTypes(unknownType, scope, call);
            inferring.remove(call);
        }
        return super.deriveType(scope, expression);
    }

    private boolean isUnknown(@Nullable SqlNode operand) {
        if (operand instanceof SqlNodeList list) {
            return list.stream().anyMatch(this::isUnknown);
        }
        return operand instanceof SqlDynamicParam && super.getValidatedNodeTypeIfKnown(operand) == null;
    }

    @Override
    public @Nullable RelDataType getValidatedNodeTypeIfKnown(SqlNode node) {
        RelDataType known = super.getValidatedNodeTypeIfKnown(node);
        return known == null && node instanceof SqlDynamicParam parameter
                ? parameters.get(parameter.getIndex())
                : known;
    }

    /** One field for each question mark of the text, however often it was copied. */
    @Override
    public RelDataType getParameterRowType(SqlNode query) {
        NavigableMap<Integer, RelDataType> types = new TreeMap<>();
        query.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlDynamicParam parameter) {
                types.put(parameter.getIndex(), getValidatedNodeType(parameter));
                return parameter;
            }
        });
        RelDataTypeFactory.Builder row = getTypeFactory().builder();
        types.forEach((index, type) -> row.add("?" + index, type));
        return row.build();
    }
}
