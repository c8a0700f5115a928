package io.calque.registry.system;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.sql.Types;
import java.util.Optional;

/** Engine types as JDBC and {@code information_schema} describe them. Stateless. */
final class StandardTypes {
    /** Fractional digits of a second. */
    static final int TIME_DIGITS = 3;

    private StandardTypes() {}

    /** A constant of {@link Types}. */
    static int jdbcCode(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> Types.BOOLEAN;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.DECIMAL;
            case VARCHAR -> Types.VARCHAR;
            case VARBINARY -> Types.VARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            // An instant in the session's zone: JDBC clients read both kinds with getTimestamp, as from PostgreSQL.
            case TIMESTAMP, TIMESTAMP_TZ -> Types.TIMESTAMP;
            case ARRAY -> Types.ARRAY;
        };
    }

    /** Without precision and scale, which have columns of their own. */
    static String jdbcName(DataType type) {
        return type.kind() == TypeKind.DECIMAL ? "DECIMAL" : type.toString();
    }

    /** Digits, characters, bytes or the length of the text form; empty for arrays. */
    static Optional<Integer> size(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Optional.of(1);
            case SMALLINT -> Optional.of(5);
            case INTEGER -> Optional.of(10);
            case BIGINT -> Optional.of(19);
            case REAL -> Optional.of(24);
            case DOUBLE -> Optional.of(53);
            case DECIMAL -> Optional.of(type.precision());
            case VARCHAR, VARBINARY -> Optional.of(Integer.MAX_VALUE);
            case DATE -> Optional.of("1970-01-01".length());
            case TIME -> Optional.of("00:00:00.000".length());
            case TIMESTAMP -> Optional.of("1970-01-01 00:00:00.000".length());
            case TIMESTAMP_TZ -> Optional.of("1970-01-01 00:00:00.000+00:00".length());
            case ARRAY -> Optional.empty();
        };
    }

    /** Digits after the point, of numbers or of seconds. */
    static Optional<Integer> digits(DataType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT -> Optional.of(0);
            case DECIMAL -> Optional.of(type.scale());
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> Optional.of(TIME_DIGITS);
            case BOOLEAN, REAL, DOUBLE, VARCHAR, VARBINARY, DATE, ARRAY -> Optional.empty();
        };
    }

    /** What {@link #size} counts in, for numbers. */
    static Optional<Integer> radix(DataType type) {
        if (!type.isNumeric()) {
            return Optional.empty();
        }
        return Optional.of(type.isExactNumeric() ? 10 : 2);
    }

    static Optional<Integer> octets(DataType type) {
        return type.kind() == TypeKind.VARCHAR || type.kind() == TypeKind.VARBINARY
                ? Optional.of(Integer.MAX_VALUE)
                : Optional.empty();
    }

    /** As PostgreSQL's {@code information_schema.columns.data_type} spells it. */
    static String standardName(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case REAL -> "real";
            case DOUBLE -> "double precision";
            case DECIMAL -> "numeric";
            case VARCHAR -> "character varying";
            case VARBINARY -> "bytea";
            case DATE -> "date";
            case TIME -> "time without time zone";
            case TIMESTAMP -> "timestamp without time zone";
            case TIMESTAMP_TZ -> "timestamp with time zone";
            case ARRAY -> "ARRAY";
        };
    }
}
