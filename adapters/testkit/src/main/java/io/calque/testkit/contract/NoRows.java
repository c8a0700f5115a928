package io.calque.testkit.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Takes all rows away from a fragment's tables, by a condition that every source can be asked for. Stateless. */
final class NoRows {
    /** No row of the fixture has it in its first whole number, which is its key or stands for one. */
    private static final BigDecimal NOWHERE = BigDecimal.valueOf(-987_654);

    private NoRows() {}

    static RelNode below(RelNode fragment) {
        if (fragment instanceof TableScan scan) {
            RexBuilder rex = scan.getCluster().getRexBuilder();
            RelDataTypeField key = scan.getRowType().getFieldList().stream()
                    .filter(f -> SqlTypeName.INT_TYPES.contains(f.getType().getSqlTypeName()))
                    .findFirst()
                    .orElseThrow();
            return LogicalFilter.create(
                    scan,
                    rex.makeCall(
                            SqlStdOperatorTable.EQUALS,
                            rex.makeInputRef(scan, key.getIndex()),
                            rex.makeExactLiteral(
                                    NOWHERE, rex.getTypeFactory().createTypeWithNullability(key.getType(), false))));
        }
        List<RelNode> inputs = new ArrayList<>();
        fragment.getInputs().forEach(input -> inputs.add(below(input)));
        return fragment.copy(fragment.getTraitSet(), inputs);
    }
}
