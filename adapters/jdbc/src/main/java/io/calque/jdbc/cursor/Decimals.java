package io.calque.jdbc.cursor;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Fits a source's number into DECIMAL(p, s), exactly or not at all. */
public final class Decimals {
    private Decimals() {}

    /**
     * The same number at the type's scale.
     *
     * @throws QueryException NUMERIC_OUT_OF_RANGE when digits would be lost, naming the option that widens the type
     */
    public static BigDecimal fit(BigDecimal value, DataType type, String label) {
        BigDecimal fitted = value;
        if (value.scale() != type.scale()) {
            if (value.scale() > type.scale() && value.stripTrailingZeros().scale() > type.scale()) {
                throw outside(value, type, label);
            }
            fitted = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        }
        if (fitted.precision() > type.precision()) {
            throw outside(value, type, label);
        }
        return fitted;
    }

    private static QueryException outside(BigDecimal value, DataType type, String label) {
        int scale = Math.max(0, value.stripTrailingZeros().scale());
        int whole = value.precision() - value.scale();
        String wider = scale + Math.max(0, whole) > DataType.MAX_PRECISION
                ? "Read it as text with the source's option 'type." + label + ": VARCHAR'"
                : "Give the column a wider type with the source's option 'type." + label + ": DECIMAL(38, "
                        + Math.max(scale, Math.min(type.scale(), DataType.MAX_PRECISION - Math.max(0, whole))) + ")'";
        return new QueryException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                "Value " + Values.shown(value.toPlainString()) + " of " + label + " does not fit " + type + ". "
                        + wider);
    }
}
