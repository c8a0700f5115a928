package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.Optional;

/** Which engine type, and which form, a PostgreSQL type is read as. */
final class PostgresTypes {
    /** Where nothing has been observed of an unconstrained numeric. */
    static final int UNOBSERVED_SCALE = 10;

    private static final int HEADER = 4;
    private static final int MILLISECOND_DIGITS = 3;

    private PostgresTypes() {}

    /**
     * @param type the engine type
     * @param form how the values are held
     * @param open whether the scale is a guess, because the type itself has none
     */
    record Reading(DataType type, Form form, boolean open) {
        static Reading of(DataType type, Form form) {
            return new Reading(type, form, false);
        }
    }

    /**
     * @param name {@code typname} of the type, domains resolved
     * @param modifier {@code atttypmod}, or -1
     * @param element for an array, the element's {@code typname}
     */
    static Reading of(String name, int modifier, Optional<String> element) {
        if (element.isPresent()) {
            Reading of = of(element.get(), modifier, Optional.empty());
            return switch (of.form()) {
                // The blanks of their elements are no part of the values either.
                case PADDED -> Reading.of(DataType.array(of.type()), Form.PADDED);
                // An element's text is a number in the server's currency format: nothing to compute with.
                case MONEY -> Reading.of(DataType.array(DataType.VARCHAR), Form.NATIVE);
                default -> new Reading(DataType.array(of.type()), Form.NATIVE, of.open());
            };
        }
        return switch (name) {
            case "bool" -> Reading.of(DataType.BOOLEAN, Form.PLAIN);
            case "int2", "smallserial" -> Reading.of(DataType.SMALLINT, Form.PLAIN);
            case "int4", "serial" -> Reading.of(DataType.INTEGER, Form.PLAIN);
            case "int8", "bigserial", "oid" ->
                Reading.of(DataType.BIGINT, name.equals("oid") ? Form.NATIVE : Form.PLAIN);
            case "float4" -> Reading.of(DataType.REAL, Form.PLAIN);
            case "float8" -> Reading.of(DataType.DOUBLE, Form.PLAIN);
            case "numeric" -> numeric(modifier);
            case "money" -> Reading.of(DataType.decimal(19, 2), Form.MONEY);
            case "text", "varchar" -> Reading.of(DataType.VARCHAR, Form.PLAIN);
            case "bpchar" -> Reading.of(DataType.VARCHAR, Form.PADDED);
            case "citext" -> Reading.of(DataType.VARCHAR, Form.CASELESS);
            case "uuid" -> Reading.of(DataType.VARCHAR, Form.UUID);
            case "bytea" -> Reading.of(DataType.VARBINARY, Form.PLAIN);
            case "date" -> Reading.of(DataType.DATE, Form.PLAIN);
            case "time" -> Reading.of(DataType.TIME, fineness(modifier));
            case "timestamp" -> Reading.of(DataType.TIMESTAMP, fineness(modifier));
            case "timestamptz" -> Reading.of(DataType.TIMESTAMP_TZ, fineness(modifier));
            // The driver spells these in its own way once it gets them in binary.
            // And what it gives of xml is not what a cast to text gives.
            case "timetz", "point", "box", "xml" -> Reading.of(DataType.VARCHAR, Form.CAST);
            case "inet" -> Reading.of(DataType.VARCHAR, Form.INET);
            default -> Reading.of(DataType.VARCHAR, Form.NATIVE);
        };
    }

    private static Form fineness(int modifier) {
        return modifier >= 0 && modifier <= MILLISECOND_DIGITS ? Form.PLAIN : Form.FINE;
    }

    private static Reading numeric(int modifier) {
        if (modifier < HEADER) {
            return new Reading(DataType.decimal(DataType.MAX_PRECISION, UNOBSERVED_SCALE), Form.PLAIN, true);
        }
        int packed = modifier - HEADER;
        int precision = packed >> 16;
        // Eleven bits with a sign since PostgreSQL 15; earlier scales are from 0 to 1000 and read alike.
        int scale = ((packed & 0x7ff) ^ 1024) - 1024;
        return Reading.of(decimal(precision, scale), Form.PLAIN);
    }

    /** A scale below zero means zeros before the point, one above the precision zeros behind it. */
    static DataType decimal(int precision, int scale) {
        int fraction = Math.max(0, Math.min(DataType.MAX_PRECISION, scale));
        int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
        return DataType.decimal(Math.max(1, Math.min(DataType.MAX_PRECISION, digits)), fraction);
    }

    /** The same reading once the largest scale among its values is known. */
    static Reading observed(Reading reading, int scale) {
        int known = Math.max(0, Math.min(DataType.MAX_PRECISION, scale));
        DataType decimal = DataType.decimal(DataType.MAX_PRECISION, known);
        boolean array = reading.type().kind() == TypeKind.ARRAY;
        return Reading.of(array ? DataType.array(decimal) : decimal, reading.form());
    }
}
