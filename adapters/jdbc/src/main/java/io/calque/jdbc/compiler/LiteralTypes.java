package io.calque.jdbc.compiler;

import io.calque.spi.QueryException;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import org.apache.calcite.rex.RexLiteral;

/** The engine type of a literal. */
final class LiteralTypes {
    private LiteralTypes() {}

    static DataType of(RexLiteral literal) {
        DataType declared;
        try {
            declared = RelTypes.toData(literal.getType());
        } catch (QueryException e) {
            throw new Refused("a constant of type " + literal.getType() + " stays in Calque");
        }
        boolean fraction = declared.isExactNumeric()
                && !literal.isNull()
                && declared.scale() == 0
                && Literals.number(literal).stripTrailingZeros().scale() > 0;
        if (fraction) {
            // Simplification sometimes leaves 0.5 with the type of the integer it was compared to.
            BigDecimal value = Literals.number(literal);
            return DataType.decimal(DataType.MAX_PRECISION, Math.min(DataType.MAX_PRECISION, value.scale()));
        }
        return declared;
    }
}
