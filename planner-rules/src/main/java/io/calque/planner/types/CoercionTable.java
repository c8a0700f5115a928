package io.calque.planner.types;

import io.calque.spi.pushdown.CalqueTypeSystem;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * The type in which values of two engine types are compared, whichever sources they come from: the coercion table of docs/semantics.md as code.
 * Symmetric. Stateless.
 */
public final class CoercionTable {
    private static final Set<TypeKind> INTEGERS = EnumSet.of(TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT);
    private static final Set<TypeKind> TIMES =
            EnumSet.of(TypeKind.DATE, TypeKind.TIME, TypeKind.TIMESTAMP, TypeKind.TIMESTAMP_TZ);

    private CoercionTable() {}

    public static Comparison compare(DataType left, DataType right) {
        if (left.equals(right)) {
            return new Comparison.As(left);
        }
        // The pair in the order of TypeKind, so that each rule is written once.
        return left.kind().compareTo(right.kind()) <= 0 ? ordered(left, right) : ordered(right, left);
    }

    private static Comparison ordered(DataType lower, DataType higher) {
        if (lower.isNumeric() && higher.isNumeric()) {
            return new Comparison.As(number(lower, higher));
        }
        TypeKind low = lower.kind();
        TypeKind high = higher.kind();
        if (low == TypeKind.BOOLEAN && INTEGERS.contains(high)) {
            // true is 1 and false is 0: so SQLite stores them; 2 is neither.
            return new Comparison.As(higher);
        }
        if (low == TypeKind.VARCHAR && TIMES.contains(high)) {
            return new Comparison.As(higher);
        }
        if (high == TypeKind.VARCHAR && lower.isNumeric()) {
            return new Comparison.LiteralAs(low == TypeKind.DECIMAL ? roomy(lower) : lower);
        }
        if (high == TypeKind.VARCHAR && low == TypeKind.BOOLEAN) {
            return new Comparison.LiteralAs(lower);
        }
        boolean calendars =
                TIMES.contains(low) && TIMES.contains(high) && low != TypeKind.TIME && high != TypeKind.TIME;
        if (calendars) {
            // DATE, then TIMESTAMP, then TIMESTAMP_TZ: a date is its midnight, a wall clock is read in the session's
            // time zone.
            return new Comparison.As(higher);
        }
        return new Comparison.Refused();
    }

    private static DataType number(DataType lower, DataType higher) {
        boolean approximate = !lower.isExactNumeric() || !higher.isExactNumeric();
        if (approximate) {
            // REAL with INTEGER too: REAL alone would make 16777217 equal to 16777216.
            return DataType.DOUBLE;
        }
        if (higher.kind() != TypeKind.DECIMAL) {
            return higher;
        }
        int scale = Math.max(lower.scale(), higher.scale());
        int whole = Math.max(whole(lower), whole(higher));
        return DataType.decimal(Math.min(DataType.MAX_PRECISION, whole + scale), scale);
    }

    /** Digits before the point. */
    private static int whole(DataType exact) {
        return switch (exact.kind()) {
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            default -> exact.precision() - exact.scale();
        };
    }

    /** Room for the digits of a literal that the column does not have: {@code price < '1.005'}. */
    private static DataType roomy(DataType decimal) {
        return DataType.decimal(DataType.MAX_PRECISION, Math.max(CalqueTypeSystem.DIVISION_SCALE, decimal.scale()));
    }
}
