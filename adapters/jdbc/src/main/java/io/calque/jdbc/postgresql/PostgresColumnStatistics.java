package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ColumnStatistics.CommonValue;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code pg_stats} as our statistics.
 *
 * <p>PostgreSQL, "Row Estimation Examples": {@code n_distinct} below zero is a share of the rows; the histogram leaves out the most
 * common values, so the smallest and largest value can be among either.
 */
final class PostgresColumnStatistics {
    private static final int SAMPLES = 5;

    private PostgresColumnStatistics() {}

    /** Null fraction in column 4, width, distinct count, common values, their shares, bounds behind it. */
    static ColumnStatistics of(ResultSet row, ColumnDescriptor column, double rows) throws SQLException {
        double distinct = row.getDouble(6);
        List<String> values = canonical(texts(row.getString(7)), column);
        List<String> shares = texts(row.getString(8));
        List<String> bounds = canonical(texts(row.getString(9)), column);
        List<CommonValue> common = new ArrayList<>();
        for (int i = 0; i < Math.min(values.size(), shares.size()); i++) {
            common.add(new CommonValue(values.get(i), Double.parseDouble(shares.get(i))));
        }
        Comparator<String> order = order(column.type());
        return new ColumnStatistics(
                OptionalDouble.of(distinct < 0 ? Math.max(1, -distinct * rows) : distinct),
                OptionalDouble.of(row.getDouble(4)),
                order == null ? Optional.empty() : candidates(values, bounds).min(order),
                order == null ? Optional.empty() : candidates(values, bounds).max(order),
                OptionalDouble.of(row.getDouble(5)),
                common,
                bounds,
                candidates(values, bounds).distinct().limit(SAMPLES).toList());
    }

    /** The common values may be all, or none where no value is common; their order is by frequency. */
    private static Stream<String> candidates(List<String> values, List<String> bounds) {
        return Stream.concat(values.stream(), bounds.stream());
    }

    /** The engine's order of values in canonical text; null where it has none. */
    private static @Nullable Comparator<String> order(DataType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE -> PostgresColumnStatistics::byNumber;
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, BOOLEAN -> Comparator.naturalOrder();
            case VARCHAR -> PostgresColumnStatistics::byCodePoint;
            case VARBINARY, ARRAY -> null;
        };
    }

    /** NaN, the greatest, and the infinities are no decimals. */
    private static int byNumber(String left, String right) {
        try {
            return new BigDecimal(left).compareTo(new BigDecimal(right));
        } catch (NumberFormatException e) {
            return Double.compare(Double.parseDouble(left), Double.parseDouble(right));
        }
    }

    private static int byCodePoint(String left, String right) {
        int[] one = left.codePoints().toArray();
        int[] other = right.codePoints().toArray();
        return java.util.Arrays.compare(one, other);
    }

    /** An array's elements as text; empty for NULL. */
    private static List<String> texts(@Nullable String array) {
        if (array == null) {
            return List.of();
        }
        return new PostgresArrayDecoder(DataType.array(DataType.VARCHAR), "pg_stats", false)
                .elements(array).stream().map(String::valueOf).toList();
    }

    private static List<String> canonical(List<String> values, ColumnDescriptor column) {
        if (Form.of(column) == Form.MONEY) {
            // In the server's currency format.
            return List.of();
        }
        if (column.type().kind() == TypeKind.BOOLEAN) {
            return values.stream().map(v -> v.equals("t") ? "true" : "false").toList();
        }
        return Form.of(column) == Form.PADDED
                ? values.stream().map(PostgresDecoders::trimmed).toList()
                : values;
    }

    static ColumnStatistics sampled(double seen, double present, double distinct, double bytes, double rows) {
        boolean mostlyUnique = distinct > present / 2;
        double all = mostlyUnique ? distinct * Math.max(1, rows / seen) : distinct;
        return new ColumnStatistics(
                OptionalDouble.of(all),
                OptionalDouble.of((seen - present) / seen),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(bytes),
                List.of(),
                List.of());
    }
}
