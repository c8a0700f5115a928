package io.calque.benchmarks.tpch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query gave, in its order. A value is a {@code BigDecimal} (for every exact number), {@code Double},
 * {@code LocalDate}, {@code LocalDateTime}, {@code String} or null. Immutable.
 */
public record TpchAnswer(TpchQuery query, List<List<@Nullable Object>> rows) {
    /** Below this, a quotient would be compared so coarsely that a wrong one could pass. */
    private static final int LEAST_QUOTIENT_SCALE = 6;

    public TpchAnswer {
        rows = List.copyOf(rows);
    }

    /** Reads a result to its end, through any JDBC driver; the caller closes it. */
    public static TpchAnswer read(TpchQuery query, ResultSet results) throws SQLException {
        int width = results.getMetaData().getColumnCount();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (results.next()) {
            @Nullable Object[] row = new @Nullable Object[width];
            for (int i = 0; i < width; i++) {
                row[i] = plain(results.getObject(i + 1));
            }
            rows.add(Collections.unmodifiableList(Arrays.asList(row)));
        }
        return new TpchAnswer(query, rows);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        return value instanceof Float single ? Double.valueOf(single) : value;
    }

    /**
     * Says how another engine's answer differs from this right one, if it does. Exact numbers must be equal, whatever
     * their scale; an average or quotient must be equal once both are rounded to the smaller of the two scales. Rows that
     * ORDER BY does not tell apart may come in any order.
     */
    public Optional<String> difference(TpchAnswer other) {
        if (rows.size() != other.rows.size()) {
            return Optional.of("Q" + query.number() + ": expected " + rows.size() + " rows, got " + other.rows.size());
        }
        List<List<@Nullable Object>> expected = canonical(rows);
        List<List<@Nullable Object>> actual = canonical(other.rows);
        for (int row = 0; row < expected.size(); row++) {
            if (!sameRow(expected.get(row), actual.get(row))) {
                return Optional.of("Q" + query.number() + ", row " + (row + 1) + ": expected " + expected.get(row)
                        + ", got " + actual.get(row));
            }
        }
        return Optional.empty();
    }

    private boolean sameRow(List<@Nullable Object> expected, List<@Nullable Object> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int column = 0; column < expected.size(); column++) {
            if (!sameValue(column, expected.get(column), actual.get(column))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameValue(int column, @Nullable Object expected, @Nullable Object actual) {
        if (!(expected instanceof BigDecimal right && actual instanceof BigDecimal given)) {
            return Objects.equals(expected, actual);
        }
        if (!query.quotients().contains(column)) {
            return right.compareTo(given) == 0;
        }
        int scale = Math.min(right.scale(), given.scale());
        return scale >= LEAST_QUOTIENT_SCALE
                && right.setScale(scale, RoundingMode.HALF_UP).equals(given.setScale(scale, RoundingMode.HALF_UP));
    }

    /** The rows with each run of equal sort keys put into one order, so that only what the query promises is compared. */
    private List<List<@Nullable Object>> canonical(List<List<@Nullable Object>> given) {
        List<List<@Nullable Object>> result = new ArrayList<>(given);
        int start = 0;
        for (int end = 1; end <= result.size(); end++) {
            if (end == result.size() || !sameSortKey(result.get(start), result.get(end))) {
                result.subList(start, end).sort(Comparator.comparing(TpchAnswer::withoutScale));
                start = end;
            }
        }
        return result;
    }

    private boolean sameSortKey(List<@Nullable Object> left, List<@Nullable Object> right) {
        return query.sortKeys().stream()
                .allMatch(key -> Objects.equals(withoutScale(left.get(key)), withoutScale(right.get(key))));
    }

    private static String withoutScale(List<@Nullable Object> row) {
        return row.stream().map(TpchAnswer::withoutScale).toList().toString();
    }

    /** A text that is the same for equal numbers: 0.10 and 0.1 are one value to SQL and two to BigDecimal. */
    private static String withoutScale(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }
}
