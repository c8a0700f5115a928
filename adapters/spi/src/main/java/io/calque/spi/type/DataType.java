package io.calque.spi.type;

import java.util.Optional;

/**
 * An engine type without Calcite, as the registry stores it and adapters decode to it.
 *
 * @param kind the family
 * @param precision of DECIMAL (1 to 38); 0 for every other kind
 * @param scale of DECIMAL (0 to precision); 0 for every other kind
 * @param element of ARRAY; empty for every other kind
 */
public record DataType(TypeKind kind, int precision, int scale, Optional<DataType> element) {
    public static final int MAX_PRECISION = 38;

    public static final DataType BOOLEAN = simple(TypeKind.BOOLEAN);
    public static final DataType SMALLINT = simple(TypeKind.SMALLINT);
    public static final DataType INTEGER = simple(TypeKind.INTEGER);
    public static final DataType BIGINT = simple(TypeKind.BIGINT);
    public static final DataType REAL = simple(TypeKind.REAL);
    public static final DataType DOUBLE = simple(TypeKind.DOUBLE);
    public static final DataType VARCHAR = simple(TypeKind.VARCHAR);
    public static final DataType VARBINARY = simple(TypeKind.VARBINARY);
    public static final DataType DATE = simple(TypeKind.DATE);
    public static final DataType TIME = simple(TypeKind.TIME);
    public static final DataType TIMESTAMP = simple(TypeKind.TIMESTAMP);
    public static final DataType TIMESTAMP_TZ = simple(TypeKind.TIMESTAMP_TZ);

    public DataType {
        boolean decimal = kind == TypeKind.DECIMAL;
        if (decimal && (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision)) {
            throw new IllegalArgumentException("DECIMAL(" + precision + ", " + scale + ") is out of range");
        }
        if (!decimal && (precision != 0 || scale != 0)) {
            throw new IllegalArgumentException(kind + " takes no precision");
        }
        if ((kind == TypeKind.ARRAY) != element.isPresent()) {
            throw new IllegalArgumentException("exactly ARRAY has an element type");
        }
    }

    public static DataType decimal(int precision, int scale) {
        return new DataType(TypeKind.DECIMAL, precision, scale, Optional.empty());
    }

    public static DataType array(DataType element) {
        return new DataType(TypeKind.ARRAY, 0, 0, Optional.of(element));
    }

    private static DataType simple(TypeKind kind) {
        return new DataType(kind, 0, 0, Optional.empty());
    }

    /** The element type of an ARRAY; any other kind is a defect of the caller. */
    public DataType elementType() {
        return element.orElseThrow(() -> new IllegalStateException(this + " has no element type"));
    }

    public boolean isExactNumeric() {
        return switch (kind) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL -> true;
            default -> false;
        };
    }

    public boolean isNumeric() {
        return isExactNumeric() || kind == TypeKind.REAL || kind == TypeKind.DOUBLE;
    }

    /** As SQL spells it; {@link DataTypeText#parse} reads it back. */
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
            case ARRAY -> elementType() + " ARRAY";
            case TIMESTAMP_TZ -> "TIMESTAMP WITH LOCAL TIME ZONE";
            default -> kind.name();
        };
    }
}
