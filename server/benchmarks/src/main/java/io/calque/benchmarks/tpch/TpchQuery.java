package io.calque.benchmarks.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One of the 22 queries, with the specification's validation parameters.
 *
 * @param number from 1 to 22
 * @param sql one statement without a semicolon
 */
public record TpchQuery(int number, String sql) {
    /** The only parameter that depends on the scale factor: FRACTION of query 11 is 0.0001 at scale factor 1. */
    private static final String FRACTION = "0.0001";

    /** Sort keys of the answer as positions of its columns from 0, for the queries whose answer can have several rows. */
    private static final Map<Integer, List<Integer>> SORT_KEYS = Map.ofEntries(
            Map.entry(1, List.of(0, 1)),
            Map.entry(2, List.of(0, 2, 1, 3)),
            Map.entry(3, List.of(1, 2)),
            Map.entry(4, List.of(0)),
            Map.entry(5, List.of(1)),
            Map.entry(7, List.of(0, 1, 2)),
            Map.entry(8, List.of(0)),
            Map.entry(9, List.of(0, 1)),
            Map.entry(10, List.of(2)),
            Map.entry(11, List.of(1)),
            Map.entry(12, List.of(0)),
            Map.entry(13, List.of(1, 0)),
            Map.entry(15, List.of(0)),
            Map.entry(16, List.of(3, 0, 1, 2)),
            Map.entry(18, List.of(4, 3)),
            Map.entry(20, List.of(0)),
            Map.entry(21, List.of(1, 0)),
            Map.entry(22, List.of(0)));

    /** Columns that are an average or a quotient, whose scale engines choose differently; all others are exact. */
    private static final Map<Integer, Set<Integer>> QUOTIENTS =
            Map.of(1, Set.of(6, 7, 8), 8, Set.of(1), 14, Set.of(0), 17, Set.of(0));

    public TpchQuery {
        Objects.checkIndex(number - 1, 22);
    }

    /** All 22 in order, with the parameters of a scale factor. */
    public static List<TpchQuery> all(double scaleFactor) {
        return IntStream.rangeClosed(1, 22)
                .mapToObj(number -> of(number, scaleFactor))
                .toList();
    }

    /** A query with the parameters of a scale factor. */
    public static TpchQuery of(int number, double scaleFactor) {
        String text = resource("/tpch/q%02d.sql".formatted(Objects.checkIndex(number - 1, 22) + 1));
        String sql = number == 11 ? text.replace(FRACTION + "\n", fraction(scaleFactor) + "\n") : text;
        return new TpchQuery(number, sql.strip());
    }

    /** What query 11 compares a part's share of the stock's value with. */
    public static String fraction(double scaleFactor) {
        return BigDecimal.valueOf(0.0001 / scaleFactor).stripTrailingZeros().toPlainString();
    }

    private static String resource(String name) {
        try (InputStream stream = TpchQuery.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Resource " + name + " cannot be read", e);
        }
    }

    /** The positions (from 0) of the columns that ORDER BY names, in its order; empty for a query without one. */
    public List<Integer> sortKeys() {
        return SORT_KEYS.getOrDefault(number, List.of());
    }

    /** The positions (from 0) of the columns that are an average or a quotient. */
    public Set<Integer> quotients() {
        return QUOTIENTS.getOrDefault(number, Set.of());
    }
}
