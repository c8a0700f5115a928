package io.calque.planner.types;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.pushdown.RelTypes;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionFactory;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Casts the sides of a comparison as {@link CoercionTable} says, and refuses the pairs that it refuses. Single-threaded, one per validator.
 *
 * <p>Numbers are left to the conversion, which widens them without hiding a column behind a cast it does not need.
 */
public final class CalqueTypeCoercion extends TypeCoercionImpl {
    public static final TypeCoercionFactory FACTORY = CalqueTypeCoercion::new;

    private CalqueTypeCoercion(RelDataTypeFactory typeFactory, SqlValidator validator) {
        super(typeFactory, validator);
    }

    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        SqlKind kind = binding.getOperator().getKind();
        if (!kind.belongsTo(SqlKind.BINARY_COMPARISON) && kind != SqlKind.BETWEEN) {
            return false;
        }
        boolean coerced = false;
        for (int i = 1; i < binding.getOperandCount(); i++) {
            RelDataType left = binding.getOperandType(0);
            RelDataType right = binding.getOperandType(i);
            RelDataType common = comparisonType(left, binding.operand(0), right, binding.operand(i));
            if (common != null) {
                coerced |= cast(binding, 0, left, common);
                coerced |= cast(binding, i, right, common);
            }
        }
        return coerced;
    }

    private boolean cast(SqlCallBinding binding, int operand, RelDataType from, RelDataType to) {
        return !SqlTypeUtil.equalSansNullability(factory, from, to)
                && coerceOperandType(
                        binding.getScope(),
                        binding.getCall(),
                        operand,
                        factory.createTypeWithNullability(to, from.isNullable()));
    }

    private @Nullable RelDataType comparisonType(
            RelDataType left, SqlNode leftNode, RelDataType right, SqlNode rightNode) {
        if (!known(left) || !known(right)) {
            return null;
        }
        Comparison comparison = CoercionTable.compare(RelTypes.toData(left), RelTypes.toData(right));
        boolean refused = comparison instanceof Comparison.Refused;
        if (comparison instanceof Comparison.LiteralAs) {
            refused = !isLiteral(SqlTypeUtil.inCharFamily(left) ? leftNode : rightNode);
        }
        if (refused) {
            throw new QueryException(
                    ErrorCode.FUNCTION_NOT_FOUND,
                    Article.beginning(name(left)) + " cannot be compared with " + Article.before(name(right)) + ": "
                            + leftNode + " and " + rightNode + "; CAST one of them");
        }
        return commonTypeForBinaryComparison(left, right);
    }

    private static boolean isLiteral(SqlNode node) {
        return SqlUtil.isLiteral(node) || node instanceof SqlDynamicParam;
    }

    private static String name(RelDataType type) {
        return RelTypes.toData(type).toString();
    }

    /** Scalars of the engine; rows, intervals, arrays and untyped NULLs go their own ways. */
    private static boolean known(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    CHAR,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> false;
        };
    }

    /** Null where nothing has to be cast, or the pair cannot be compared. */
    @Override
    public @Nullable RelDataType commonTypeForBinaryComparison(
            @Nullable RelDataType left, @Nullable RelDataType right) {
        if (left == null || right == null || !known(left) || !known(right)) {
            return super.commonTypeForBinaryComparison(left, right);
        }
        boolean numbers = SqlTypeUtil.isNumeric(left) && SqlTypeUtil.isNumeric(right);
        if (numbers || SqlTypeUtil.inCharFamily(left) && SqlTypeUtil.inCharFamily(right)) {
            return factory.leastRestrictive(List.of(left, right));
        }
        Comparison comparison = CoercionTable.compare(RelTypes.toData(left), RelTypes.toData(right));
        boolean nullable = left.isNullable() || right.isNullable();
        if (comparison instanceof Comparison.As as) {
            return RelTypes.toRel(as.type(), nullable, factory);
        }
        return comparison instanceof Comparison.LiteralAs as ? RelTypes.toRel(as.type(), nullable, factory) : null;
    }

    /** Nobody said what number a column of texts holds. */
    private static void refuseTextColumns(SqlCallBinding binding, RelDataType left, RelDataType right) {
        boolean leftColumn = SqlTypeUtil.inCharFamily(left) && !isLiteral(binding.operand(0));
        boolean rightColumn = SqlTypeUtil.inCharFamily(right) && !isLiteral(binding.operand(1));
        if (leftColumn && isCalculable(right) || rightColumn && isCalculable(left)) {
            throw new QueryException(
                    ErrorCode.FUNCTION_NOT_FOUND,
                    "There is no " + name(left) + " " + binding.getOperator().getName() + " " + name(right) + ": "
                            + binding.operand(0) + " and " + binding.operand(1) + "; CAST the text");
        }
    }

    private static boolean isCalculable(RelDataType type) {
        return SqlTypeUtil.isNumeric(type) || SqlTypeUtil.inCharFamily(type);
    }

    /** {@code '1.5' + price}: the text takes the number's type, with room for its digits. */
    @Override
    protected boolean binaryArithmeticWithStrings(SqlCallBinding binding, RelDataType left, RelDataType right) {
        refuseTextColumns(binding, left, right);
        boolean leftText = SqlTypeUtil.inCharFamily(left) && SqlTypeUtil.isNumeric(right);
        boolean rightText = SqlTypeUtil.inCharFamily(right) && SqlTypeUtil.isNumeric(left);
        if (!leftText && !rightText) {
            return false;
        }
        int text = leftText ? 0 : 1;
        if (!isLiteral(binding.operand(text))) {
            return false;
        }
        RelDataType number = leftText ? right : left;
        RelDataType target = SqlTypeUtil.isDecimal(number) ? factory.createSqlType(SqlTypeName.DECIMAL) : number;
        return coerceOperandType(binding.getScope(), binding.getCall(), text, target);
    }
}
