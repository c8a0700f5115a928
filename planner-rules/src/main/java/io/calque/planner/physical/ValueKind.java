package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** Of which Java class the internal values of a column are; all that our own operators need to know of its type. */
public enum ValueKind {
    BOOLEAN,
    BYTE,
    SHORT,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    /** {@code String}. */
    TEXT,
    /** {@code BigDecimal}. */
    DECIMAL,
    /** Calcite's {@code ByteString}. */
    BINARY,
    /** {@code List} of such values. */
    LIST;

    /** Whether a value fits eight bytes. */
    public boolean isWord() {
        return ordinal() <= DOUBLE.ordinal();
    }

    /** Whether values are whole numbers, or count units of time. */
    public boolean isWhole() {
        return this == BYTE || this == SHORT || this == INTEGER || this == LONG;
    }

    /** The kinds of all columns; nothing where one of them is of no kind that is written to disk: a row, a map. */
    static Optional<List<ValueKind>> of(RelDataType rowType) {
        List<ValueKind> kinds = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            Optional<ValueKind> kind = ofColumn(field.getType());
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            kinds.add(kind.get());
        }
        return Optional.of(kinds);
    }

    static Optional<ValueKind> ofColumn(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Optional.of(BOOLEAN);
            case TINYINT -> Optional.of(BYTE);
            case SMALLINT -> Optional.of(SHORT);
            case INTEGER, DATE, TIME -> Optional.of(INTEGER);
            case BIGINT, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(LONG);
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> Optional.of(INTEGER);
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> Optional.of(LONG);
            case REAL -> Optional.of(FLOAT);
            case FLOAT, DOUBLE -> Optional.of(DOUBLE);
            case CHAR, VARCHAR -> Optional.of(TEXT);
            case DECIMAL -> Optional.of(DECIMAL);
            case BINARY, VARBINARY -> Optional.of(BINARY);
            case ARRAY ->
                Optional.ofNullable(type.getComponentType())
                        .flatMap(ValueKind::ofColumn)
                        .map(element -> LIST);
            default -> Optional.empty();
        };
    }
}
