package io.calque.planner.functions;

import io.calque.planner.lowering.DocumentFunctions;
import io.calque.planner.lowering.EngineFunction;
import io.calque.spi.catalog.OverriddenTable.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes one JSON document of nested columns; statements cannot call it, and no source knows it. Immutable, thread-safe.
 */
public final class DocumentOperator {
    private static final EngineFunction DOCUMENT = EngineFunction.namedNullAware(
            "DOCUMENT", DocumentFunctions.class, "document", ReturnTypes.VARCHAR_NULLABLE, Signature.of());

    private DocumentOperator() {}

    /**
     * The call.
     *
     * @param values scalars, one for each member
     */
    public static RexNode call(RexBuilder rex, RelDataType type, List<Member> members, List<RexNode> values) {
        List<RexNode> operands = new ArrayList<>();
        String paths = members.stream()
                .map(m -> String.join(DocumentFunctions.STEP, m.path()))
                .collect(Collectors.joining(DocumentFunctions.PATH));
        operands.add(rex.makeLiteral(paths, rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), false));
        for (RexNode value : values) {
            RelDataType own = value.getType();
            boolean json = SqlTypeUtil.isNumeric(own) || SqlTypeUtil.isBoolean(own) || SqlTypeUtil.inCharFamily(own);
            RelDataType text = rex.getTypeFactory()
                    .createTypeWithNullability(
                            rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), own.isNullable());
            operands.add(json ? value : rex.makeCast(text, value));
        }
        return rex.makeCall(type, DOCUMENT, operands);
    }
}
