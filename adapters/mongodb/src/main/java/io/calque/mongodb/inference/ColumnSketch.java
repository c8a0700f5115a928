package io.calque.mongodb.inference;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Counts nulls and distinct values and keeps the extremes of one column. Single-threaded. */
final class ColumnSketch {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final ColumnDescriptor column;
    private final Set<Object> distinct = new HashSet<>();
    private long nulls;
    private long textBytes;
    private @Nullable BigDecimal min;
    private @Nullable BigDecimal max;

    ColumnSketch(ColumnDescriptor column) {
        this.column = column;
    }

    ColumnDescriptor column() {
        return column;
    }

    void add(@Nullable BsonValue value) {
        if (value == null || value.isNull() || value.getBsonType() == BsonType.UNDEFINED) {
            nulls++;
            return;
        }
        Optional<BigDecimal> number = comparable(value);
        if (number.isPresent()) {
            BigDecimal n = number.get();
            distinct.add(n.stripTrailingZeros());
            min = min == null ? n : min.min(n);
            max = max == null ? n : max.max(n);
            return;
        }
        // Hashes suffice to count: 100,000 values collide in 32 bits about once.
        distinct.add(value.hashCode());
        textBytes += value.isString() ? value.asString().getValue().length() : 16;
    }

    /** Numbers and instants have extremes; text has none here, because a bound in the wrong order misleads. */
    private static Optional<BigDecimal> comparable(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32 -> Optional.of(BigDecimal.valueOf(value.asInt32().getValue()));
            case INT64 -> Optional.of(BigDecimal.valueOf(value.asInt64().getValue()));
            case DOUBLE ->
                Double.isFinite(value.asDouble().getValue())
                        ? Optional.of(BigDecimal.valueOf(value.asDouble().getValue()))
                        : Optional.empty();
            case DECIMAL128 ->
                value.asDecimal128().getValue().isFinite()
                                && value.asDecimal128().doubleValue() != 0
                        ? Optional.of(value.asDecimal128().getValue().bigDecimalValue())
                        : Optional.of(BigDecimal.ZERO);
            case DATE_TIME -> Optional.of(BigDecimal.valueOf(value.asDateTime().getValue()));
            default -> Optional.empty();
        };
    }

    /**
     * @param rows looked at
     * @param total rows in the table
     * @param complete whether all were looked at
     */
    ColumnStatistics statistics(long rows, double total, boolean complete) {
        if (rows == 0) {
            return ColumnStatistics.UNKNOWN;
        }
        long filled = rows - nulls;
        return new ColumnStatistics(
                OptionalDouble.of(complete ? distinct.size() : extrapolated(filled, rows, total)),
                OptionalDouble.of((double) nulls / rows),
                Optional.ofNullable(min).flatMap(this::text),
                Optional.ofNullable(max).flatMap(this::text),
                filled == 0 ? OptionalDouble.empty() : OptionalDouble.of(bytes(filled)),
                List.of(),
                List.of());
    }

    /** A column that is almost unique in the sample grows with the table; one that repeats has shown its values. */
    private double extrapolated(long filled, long rows, double total) {
        double seen = distinct.size();
        return filled > 0 && seen / filled > 0.5 ? seen * total / rows : seen;
    }

    private double bytes(long filled) {
        return textBytes > 0 ? (double) textBytes / filled : 8;
    }

    private Optional<String> text(BigDecimal value) {
        DataType type = column.type();
        if (type.isNumeric()) {
            return Optional.of(value.toPlainString());
        }
        if (type.kind() == TypeKind.DATE) {
            return Optional.of(LocalDate.ofEpochDay(Math.floorDiv(value.longValue(), MILLIS_PER_DAY))
                    .toString());
        }
        if (type.kind() == TypeKind.TIMESTAMP) {
            return Optional.of(LocalDateTime.ofInstant(Instant.ofEpochMilli(value.longValue()), ZoneOffset.UTC)
                    .toString());
        }
        return Optional.empty();
    }
}
