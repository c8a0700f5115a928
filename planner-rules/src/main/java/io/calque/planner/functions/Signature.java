package io.calque.planner.functions;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What a function takes, as type families. Immutable.
 *
 * @param families one for each argument; the last one repeats up to {@code most} arguments
 * @param most -1 for any number
 */
record Signature(List<SqlTypeFamily> families, int most) implements SqlOperandMetadata {
    Signature {
        families = List.copyOf(families);
    }

    static Signature of(SqlTypeFamily... families) {
        return new Signature(List.of(families), families.length);
    }

    /** The last family any number of times, at least once. */
    static Signature variadic(SqlTypeFamily... families) {
        return new Signature(List.of(families), -1);
    }

    private List<SqlTypeFamily> expanded(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> families.get(Math.min(i, families.size() - 1)))
                .toList();
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        int count = binding.getOperandCount();
        return count == 0 || OperandTypes.family(expanded(count)).checkOperandTypes(binding, throwOnFailure);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.between(families.size(), most);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
        return name + families.toString().replace('[', '(').replace(']', ')');
    }

    /** Overloads are told apart by their count; the families coerce what is left. */
    @Override
    public boolean isFixedParameters() {
        return false;
    }

    @Override
    public List<RelDataType> paramTypes(RelDataTypeFactory types) {
        return families.stream().map(f -> type(types, f)).toList();
    }

    private static RelDataType type(RelDataTypeFactory types, SqlTypeFamily family) {
        return switch (family) {
            case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
            case NUMERIC -> types.createSqlType(SqlTypeName.DECIMAL);
            case APPROXIMATE_NUMERIC -> types.createSqlType(SqlTypeName.DOUBLE);
            case DATE -> types.createSqlType(SqlTypeName.DATE);
            case DATETIME, TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP);
            case ARRAY ->
                types.createArrayType(
                        types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARCHAR), true), -1);
            default -> types.createSqlType(SqlTypeName.VARCHAR);
        };
    }

    @Override
    public List<String> paramNames() {
        return Collections.nCopies(families.size(), "value");
    }
}
