package io.calque.app.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.calque.spi.type.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes engine values as JSON: exact numbers as numbers, dates and times in ISO form, binary in base 64. Stateless. */
final class JsonValue {
    private JsonValue() {}

    static void write(JsonGenerator out, DataType type, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case SMALLINT, INTEGER, BIGINT -> out.writeNumber(((Number) value).longValue());
            case REAL -> real(out, ((Number) value).floatValue());
            case DOUBLE -> real(out, ((Number) value).doubleValue());
            case DECIMAL -> out.writeNumber(((BigDecimal) value).toPlainString());
            case VARBINARY -> out.writeBinary((byte[]) value);
            case DATE ->
                out.writeString(
                        LocalDate.ofEpochDay(((Number) value).longValue()).toString());
            case TIME ->
                out.writeString(LocalTime.ofNanoOfDay(((Number) value).longValue() * 1_000_000L)
                        .toString());
            case TIMESTAMP ->
                out.writeString(wallClock(((Number) value).longValue()).toString());
            case TIMESTAMP_TZ ->
                out.writeString(
                        Instant.ofEpochMilli(((Number) value).longValue()).toString());
            case VARCHAR -> out.writeString(value.toString());
            case ARRAY -> {
                out.writeStartArray();
                for (Object element : (List<?>) value) {
                    write(out, type.elementType(), element);
                }
                out.writeEndArray();
            }
        }
    }

    private static void real(JsonGenerator out, float value) throws IOException {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Float.toString(value));
        }
    }

    private static void real(JsonGenerator out, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            // JSON has no such numbers
            out.writeString(Double.toString(value));
        }
    }

    private static LocalDateTime wallClock(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }
}
