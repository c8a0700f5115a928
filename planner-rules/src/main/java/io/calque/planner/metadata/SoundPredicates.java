package io.calque.planner.metadata;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMdPredicates;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * What is known of rows, without equalities that no row can fulfil: Calcite puts the constant in place of the column and casts it to the
 * column's type. Stateless.
 *
 * <pre>
 * SELECT SUM(id) FROM t WHERE id = 2147483648   must not become   SELECT SUM(CAST(2147483648 AS INTEGER)) ..., which is an error
 * SELECT id FROM t WHERE id IS NOT DISTINCT FROM NULL   must not become   SELECT NULL ..., where id is NOT NULL
 * </pre>
 */
public final class SoundPredicates implements MetadataHandler<BuiltInMetadata.Predicates> {
    private final RelMdPredicates stock = new RelMdPredicates();

    @Override
    public MetadataDef<BuiltInMetadata.Predicates> getDef() {
        return BuiltInMetadata.Predicates.DEF;
    }

    public RelOptPredicateList getPredicates(Filter filter, RelMetadataQuery mq) {
        return sound(filter, stock.getPredicates(filter, mq));
    }

    public RelOptPredicateList getPredicates(Join join, RelMetadataQuery mq) {
        return sound(join, stock.getPredicates(join, mq));
    }

    private static RelOptPredicateList sound(RelNode node, RelOptPredicateList all) {
        Predicate<RexNode> sound = predicate -> !isUnfulfillable(predicate);
        if (all.pulledUpPredicates.stream().allMatch(sound)) {
            return all;
        }
        return RelOptPredicateList.of(
                node.getCluster().getRexBuilder(),
                all.pulledUpPredicates.stream().filter(sound).toList(),
                all.leftInferredPredicates,
                all.rightInferredPredicates);
    }

    private static boolean isUnfulfillable(RexNode predicate) {
        if (predicate.getKind() != SqlKind.EQUALS && predicate.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
            return false;
        }
        List<RexNode> sides = ((RexCall) predicate).getOperands();
        return isStrange(sides.get(0), sides.get(1)) || isStrange(sides.get(1), sides.get(0));
    }

    private static boolean isStrange(RexNode constant, RexNode column) {
        if (!(constant instanceof RexLiteral literal)) {
            return false;
        }
        if (literal.isNull()) {
            return !column.getType().isNullable();
        }
        RelDataType type = column.getType();
        if (!SqlTypeUtil.isExactNumeric(type) || !SqlTypeUtil.isExactNumeric(literal.getType())) {
            return false;
        }
        BigDecimal number = literal.getValueAs(BigDecimal.class);
        return number != null && !fits(number.stripTrailingZeros(), type);
    }

    private static boolean fits(BigDecimal number, RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
            return number.scale() <= type.getScale()
                    && number.precision() - number.scale() <= type.getPrecision() - type.getScale();
        }
        BigDecimal most = (BigDecimal) type.getSqlTypeName().getLimit(true, SqlTypeName.Limit.OVERFLOW, false, -1, -1);
        BigDecimal least =
                (BigDecimal) type.getSqlTypeName().getLimit(false, SqlTypeName.Limit.OVERFLOW, false, -1, -1);
        return number.scale() <= 0
                && most != null
                && least != null
                && number.compareTo(most) <= 0
                && number.compareTo(least) >= 0;
    }
}
