package io.calque.jdbc.torture;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as the engine holds them, as text that is equal exactly where the values are. */
public final class EngineText {
    private EngineText() {}

    /** A value that a cursor gave. */
    public static @Nullable String of(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case REAL, DOUBLE -> Double.toString(((Number) value).doubleValue());
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case VARBINARY -> HexFormat.of().formatHex((byte[]) value);
            case ARRAY -> list((List<?>) value, type.elementType());
            default -> value.toString();
        };
    }

    private static String list(List<?> values, DataType element) {
        return values.stream()
                .map(value -> String.valueOf(of(value, element)))
                .collect(Collectors.joining("¦", "[", "]"));
    }

    /** What the source itself said of a value, brought to the same text. */
    public static @Nullable String ofSource(@Nullable String said, DataType type) {
        if (said == null) {
            return null;
        }
        return switch (type.kind()) {
            case REAL -> Double.toString(Float.parseFloat(said) + 0.0d);
            case DOUBLE -> Double.toString(Double.parseDouble(said) + 0.0d);
            case DECIMAL -> new BigDecimal(said).setScale(type.scale()).toPlainString();
            default -> said;
        };
    }

    /** The same for an array, element by element. */
    public static @Nullable String ofSource(@Nullable String @Nullable [] said, DataType type) {
        if (said == null) {
            return null;
        }
        return java.util.Arrays.stream(said)
                .map(value -> String.valueOf(ofSource(value, type.elementType())))
                .collect(Collectors.joining("¦", "[", "]"));
    }
}
