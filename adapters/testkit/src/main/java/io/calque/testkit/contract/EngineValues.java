package io.calque.testkit.contract;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The fixture's values as the engine holds them. Stateless. */
final class EngineValues {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private EngineValues() {}

    /** {@code value} in a column of {@code type}, in the conventions of {@link io.calque.spi.batch.ColumnVector#get}. */
    static @Nullable Object of(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT -> ((Number) value).longValue();
            case REAL, DOUBLE -> ((Number) value).doubleValue();
            case DECIMAL -> ((BigDecimal) value).setScale(type.scale());
            case DATE -> ((LocalDate) value).toEpochDay();
            case TIME -> ((LocalTime) value).toNanoOfDay() / NANOS_PER_MILLI;
            case TIMESTAMP, TIMESTAMP_TZ -> instant(value).toEpochMilli();
            case BOOLEAN, VARCHAR, VARBINARY, ARRAY -> value;
        };
    }

    private static Instant instant(Object value) {
        return value instanceof LocalDateTime wallClock ? wallClock.toInstant(ZoneOffset.UTC) : (Instant) value;
    }
}
