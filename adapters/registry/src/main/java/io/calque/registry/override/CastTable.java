package io.calque.registry.override;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which types a column may be read as. Stateless. */
final class CastTable {
    private static final Set<TypeKind> DATES_AND_TIMES =
            EnumSet.of(TypeKind.DATE, TypeKind.TIME, TypeKind.TIMESTAMP, TypeKind.TIMESTAMP_TZ);

    private CastTable() {}

    /** Why values of {@code from} cannot be read as {@code to}; empty when they can, be it that single values fail. */
    static Optional<String> problem(DataType from, DataType to) {
        return castable(from, to)
                ? Optional.empty()
                : Optional.of("a column of type " + from + " cannot be read as " + to);
    }

    private static boolean castable(DataType from, DataType to) {
        if (from.equals(to)) {
            return true;
        }
        if (!scalar(from) || !scalar(to)) {
            return false;
        }
        if (from.equals(DataType.VARCHAR) || to.equals(DataType.VARCHAR) || from.isNumeric() && to.isNumeric()) {
            return true;
        }
        return switch (from.kind()) {
            // Flags are kept as 0 and 1 where there is no BOOLEAN: anything but 0 is true.
            case SMALLINT, INTEGER, BIGINT -> to.kind() == TypeKind.BOOLEAN;
            case BOOLEAN ->
                to.kind() == TypeKind.SMALLINT || to.kind() == TypeKind.INTEGER || to.kind() == TypeKind.BIGINT;
            case DATE -> to.kind() == TypeKind.TIMESTAMP || to.kind() == TypeKind.TIMESTAMP_TZ;
            case TIMESTAMP, TIMESTAMP_TZ -> DATES_AND_TIMES.contains(to.kind());
            default -> false;
        };
    }

    private static boolean scalar(DataType type) {
        return type.kind() != TypeKind.ARRAY && type.kind() != TypeKind.VARBINARY;
    }
}
