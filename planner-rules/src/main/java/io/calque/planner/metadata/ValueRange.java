package io.calque.planner.metadata;

import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * A column between two bounds, either of which may be open.
 *
 * @param column its position in its table
 * @param from the share of the column's values below the lower bound, 0 to 1
 * @param to the share below the upper bound, 0 to 1
 */
record ValueRange(int column, double from, double to) {
    /** Where a bound lies outside of what was measured, some rows may still be there. */
    private static final double LEAST = 0.001;

    /** A comparison of a column with a number, a day or a moment, where the column's values are known. */
    static Optional<ValueRange> of(RexNode predicate, TableDescriptor table) {
        if (!(predicate instanceof RexCall call) || call.getOperands().size() != 2) {
            return Optional.empty();
        }
        RexNode first = RexUtil.removeCast(call.getOperands().get(0));
        RexNode second = RexUtil.removeCast(call.getOperands().get(1));
        boolean reversed = first instanceof RexLiteral;
        SqlKind kind = reversed ? call.getKind().reverse() : call.getKind();
        boolean upper = kind == SqlKind.LESS_THAN || kind == SqlKind.LESS_THAN_OR_EQUAL;
        boolean lower = kind == SqlKind.GREATER_THAN || kind == SqlKind.GREATER_THAN_OR_EQUAL;
        if (!upper && !lower
                || !((reversed ? second : first) instanceof RexInputRef column)
                || !((reversed ? first : second) instanceof RexLiteral literal)
                || literal.isNull()) {
            return Optional.empty();
        }
        OptionalDouble below = below(statistics(table, column.getIndex()), literal);
        return below.isEmpty()
                ? Optional.empty()
                : Optional.of(new ValueRange(
                        column.getIndex(), lower ? below.getAsDouble() : 0, upper ? below.getAsDouble() : 1));
    }

    /** Values that are in both. */
    ValueRange and(ValueRange other) {
        return new ValueRange(column, Math.max(from, other.from), Math.min(to, other.to));
    }

    /** The share of the table's rows; NULL is in no range. */
    double share(TableDescriptor table) {
        ColumnStatistics statistics = statistics(table, column);
        double least =
                Math.min(LEAST, 1 / Math.max(1, statistics.distinctCount().orElse(1 / LEAST)));
        return Math.max(least, Math.min(1 - LEAST, to - from))
                * (1 - statistics.nullFraction().orElse(0));
    }

    private static ColumnStatistics statistics(TableDescriptor table, int column) {
        return table.statistics().column(table.columns().get(column).name());
    }

    private static OptionalDouble below(ColumnStatistics statistics, RexLiteral literal) {
        OptionalDouble at = position(literal);
        if (at.isEmpty()) {
            return at;
        }
        OptionalDouble bucketed = belowByBuckets(statistics.histogram(), at.getAsDouble());
        if (bucketed.isPresent() && statistics.mostCommon().isEmpty()) {
            return bucketed;
        }
        OptionalDouble min = statistics.min().map(ValueRange::position).orElse(OptionalDouble.empty());
        OptionalDouble max = statistics.max().map(ValueRange::position).orElse(OptionalDouble.empty());
        if (min.isEmpty() || max.isEmpty() || max.getAsDouble() <= min.getAsDouble()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(share(min.getAsDouble(), at.getAsDouble(), max.getAsDouble()));
    }

    /** Each bucket holds as many rows as the others. */
    private static OptionalDouble belowByBuckets(List<String> bounds, double at) {
        int buckets = bounds.size() - 1;
        for (int i = 0; i < buckets; i++) {
            OptionalDouble low = position(bounds.get(i));
            OptionalDouble high = position(bounds.get(i + 1));
            if (low.isEmpty() || high.isEmpty()) {
                return OptionalDouble.empty();
            }
            if (at < high.getAsDouble() || i == buckets - 1) {
                return OptionalDouble.of((i + share(low.getAsDouble(), at, high.getAsDouble())) / buckets);
            }
        }
        return OptionalDouble.empty();
    }

    private static double share(double low, double at, double high) {
        return high <= low ? at < low ? 0 : 1 : Math.max(0, Math.min(1, (at - low) / (high - low)));
    }

    private static OptionalDouble position(RexLiteral literal) {
        Object value = literal.getValue2();
        if (!(value instanceof Number number)) {
            return OptionalDouble.empty();
        }
        return switch (literal.getTypeName()) {
            case DATE -> OptionalDouble.of(number.doubleValue() * DateTimeUtils.MILLIS_PER_DAY);
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> OptionalDouble.of(number.doubleValue());
            // A column's least and greatest time of day are texts, which have no position.
            case TIME -> OptionalDouble.empty();
            default -> {
                BigDecimal exact = literal.getValueAs(BigDecimal.class);
                yield exact == null ? OptionalDouble.empty() : OptionalDouble.of(exact.doubleValue());
            }
        };
    }

    /** Numbers as they are; dates and timestamps as milliseconds; other text has no position. */
    private static OptionalDouble position(String canonical) {
        try {
            if (canonical.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
                return OptionalDouble.of((double) DateTimeUtils.dateStringToUnixDate(canonical.substring(0, 10))
                        * DateTimeUtils.MILLIS_PER_DAY);
            }
            return OptionalDouble.of(Double.parseDouble(canonical));
        } catch (IllegalArgumentException notANumber) {
            return OptionalDouble.empty();
        }
    }
}
