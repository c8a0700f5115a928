package io.calque.mongodb.compiler;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;

/** Says in which type a value is sent, so that MongoDB compares it with a field as SQL would. Stateless. */
final class ComparedTypes {
    private ComparedTypes() {}

    /**
     * @param value the value's own type
     */
    static DataType sent(Field field, DataType value) {
        DataType column = field.type();
        if (column.isExactNumeric() && value.isExactNumeric()) {
            // MongoDB compares numbers of different types by value.
            return value;
        }
        if (column.kind() == TypeKind.DOUBLE && value.isNumeric()) {
            return DataType.DOUBLE;
        }
        if (value.kind() == TypeKind.DOUBLE && fitsDouble(column)) {
            return DataType.DOUBLE;
        }
        if (column.kind() == value.kind() && column.kind() != TypeKind.ARRAY) {
            return value;
        }
        boolean days = column.kind() == TypeKind.DATE || column.kind() == TypeKind.TIMESTAMP;
        if (days && (value.kind() == TypeKind.DATE || value.kind() == TypeKind.TIMESTAMP)) {
            return value;
        }
        throw new Refused("a comparison of " + column + " with " + value + " is made here");
    }

    /** Whether two columns are compared by MongoDB as by SQL. */
    static void requireAlike(DataType left, DataType right) {
        boolean alike = left.isExactNumeric() && right.isExactNumeric()
                || left.kind() == right.kind() && left.kind() != TypeKind.REAL && left.kind() != TypeKind.ARRAY
                || left.kind() == TypeKind.DOUBLE && fitsDouble(right)
                || right.kind() == TypeKind.DOUBLE && fitsDouble(left)
                || isDay(left) && isDay(right);
        if (!alike) {
            throw new Refused("a comparison of " + left + " with " + right + " is made here");
        }
    }

    private static boolean fitsDouble(DataType type) {
        return type.kind() == TypeKind.INTEGER || type.kind() == TypeKind.SMALLINT;
    }

    private static boolean isDay(DataType type) {
        return type.kind() == TypeKind.DATE || type.kind() == TypeKind.TIMESTAMP;
    }
}
