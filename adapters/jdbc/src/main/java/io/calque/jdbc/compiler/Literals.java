package io.calque.jdbc.compiler;

import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** The values inside literals, as both databases spell them. */
final class Literals {
    private static final int MILLI_DIGITS = 3;

    private Literals() {}

    static BigDecimal number(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    }

    /** A number with all the digits of its scale, and never an exponent. */
    static String plain(RexLiteral literal) {
        return number(literal).toPlainString();
    }

    static boolean fitsInteger(RexLiteral literal) {
        long value = number(literal).longValueExact();
        return value == (int) value;
    }

    /** A double by its shortest text, which reads back as the same double. */
    static String approximate(RexLiteral literal) {
        double value = approximateValue(literal);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new Refused("constants beyond the finite numbers stay in Calque");
        }
        return Double.toString(value);
    }

    /** Not by way of BigDecimal where it is a double already: Calcite would keep 16 of its 17 digits. */
    private static double approximateValue(RexLiteral literal) {
        Object value = literal.getValue();
        return value instanceof Double exact ? exact : number(literal).doubleValue();
    }

    /** In quotes. Neither database holds a NUL in text, so a text with one is compared here. */
    static String text(RexLiteral literal) {
        String value = value(literal);
        if (value.indexOf('\0') >= 0) {
            throw new Refused("the text holds a NUL character");
        }
        return "'" + value.replace("'", "''") + "'";
    }

    static String value(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(NlsString.class)).getValue();
    }

    static String date(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(DateString.class)).toString();
    }

    static String time(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(TimeString.class))
                .round(MILLI_DIGITS)
                .toString();
    }

    static TimestampString timestamp(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(TimestampString.class)).round(MILLI_DIGITS);
    }

    static boolean isNull(RexLiteral literal) {
        return literal.isNull();
    }

    static boolean truth(RexLiteral literal) {
        return RexLiteral.booleanValue(literal);
    }
}
