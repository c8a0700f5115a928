package io.calque.testkit.contract;

import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables that every source of the suite holds. Stateless. */
final class Fixture {
    /** One column of each type, one oddity in each row. */
    static final FixtureTable KINDS = new FixtureTable(
            "kinds",
            List.of(
                    column("id", DataType.INTEGER),
                    column("b", DataType.BOOLEAN),
                    column("s", DataType.SMALLINT),
                    column("i", DataType.INTEGER),
                    column("l", DataType.BIGINT),
                    column("r", DataType.REAL),
                    column("f", DataType.DOUBLE),
                    column("d", DataType.decimal(12, 2)),
                    column("w", DataType.decimal(38, 10)),
                    column("t", DataType.VARCHAR),
                    column("x", DataType.VARBINARY),
                    column("dt", DataType.DATE),
                    column("tm", DataType.TIME),
                    column("ts", DataType.TIMESTAMP),
                    column("tz", DataType.TIMESTAMP_TZ)),
            Optional.of("id"),
            () -> kinds().stream());

    /** Has NULLs to join and to group by, and repeated cities. */
    static final FixtureTable PEOPLE = new FixtureTable(
            "people",
            List.of(
                    column("id", DataType.INTEGER),
                    column("name", DataType.VARCHAR),
                    column("city", DataType.VARCHAR),
                    column("boss", DataType.INTEGER),
                    column("salary", DataType.decimal(10, 2)),
                    column("score", DataType.DOUBLE),
                    column("born", DataType.DATE)),
            Optional.of("id"),
            () -> people().stream());

    static final FixtureTable ORDERS = new FixtureTable(
            "orders",
            List.of(
                    column("id", DataType.INTEGER),
                    column("person", DataType.INTEGER),
                    column("item", DataType.VARCHAR),
                    column("quantity", DataType.INTEGER),
                    column("amount", DataType.decimal(10, 2)),
                    column("placed", DataType.TIMESTAMP)),
            Optional.of("id"),
            () -> orders().stream());

    static final FixtureTable VACANT = new FixtureTable(
            "vacant",
            List.of(
                    column("id", DataType.INTEGER),
                    column("t", DataType.VARCHAR),
                    column("d", DataType.decimal(10, 2))),
            Optional.of("id"),
            () -> java.util.stream.Stream.empty());

    static final FixtureTable TWINS = new FixtureTable(
            "twins",
            List.of(column("k", DataType.INTEGER), column("v", DataType.VARCHAR)),
            Optional.empty(),
            () -> java.util.stream.Stream.of(
                    row(1L, "a"),
                    row(1L, "a"),
                    row(1L, "A"),
                    row(null, "a"),
                    row(null, "a"),
                    row(2L, null),
                    row(2L, null)));

    static final int LONG_ROWS = 60_000;

    /** Too much to hold by accident: some 24 MB of text. */
    static final FixtureTable LONG = new FixtureTable(
            "long_rows",
            List.of(column("id", DataType.INTEGER), column("pad", DataType.VARCHAR)),
            Optional.of("id"),
            () -> IntStream.range(0, LONG_ROWS)
                    .mapToObj(i -> row((long) i, String.format("%08d", i).repeat(50))));

    static final List<FixtureTable> ALL = List.of(KINDS, PEOPLE, ORDERS, VACANT, TWINS, LONG);

    private Fixture() {}

    private static FixtureTable.Column column(String name, DataType type) {
        return new FixtureTable.Column(name, type);
    }

    static List<@Nullable Object> row(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    private static List<List<@Nullable Object>> kinds() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(plain(1, true, 1, 1.5, "1.50", "a", "2024-02-29", "12:34:56", "2024-02-29T12:34:56"));
        rows.add(plain(2, false, 0, 0.0, "0.00", "", "1970-01-01", "00:00:00", "1970-01-01T00:00:00"));
        rows.add(plain(3, true, -1, -0.0, "-0.01", "a ", "1969-12-31", "23:59:59.999", "1969-12-31T23:59:59.999"));
        rows.add(plain(4, false, 7, 0.1, "7.77", "A", "2000-01-01", "06:00:00", "2000-01-01T06:00:00.500"));
        rows.add(plain(5, true, 7, 2.5, "7.77", "\uFFFD", "2000-01-01", "06:00:00", "2000-01-01T06:00:00.500"));
        rows.add(plain(6, true, 42, -2.5, "-7.75", "\uD83D\uDE00", "0001-01-01", "01:02:03", "0001-01-01T00:00:00"));
        rows.add(plain(7, false, -42, 3.5, "0.05", "\u00e9", "9999-12-31", "23:00:00", "9999-12-31T23:59:59.999"));
        rows.add(plain(8, true, 3, 1e10, "100.00", "e\u0301", "1582-10-10", "08:08:08", "1582-10-10T12:00:00"));
        rows.add(plain(9, false, 10, -1e-5, "-100.10", "it's 100%", "1900-02-28", "09:00:00", "1900-02-28T09:00:00"));
        rows.add(plain(
                10, true, 11, 123.456, "0.10", "a_b\\c", "2024-12-31", "10:00:00.001", "2024-12-31T23:59:59.001"));
        rows.add(plain(11, false, 12, -123.456, "12.30", "$t", "2024-03-10", "02:30:00", "2024-03-10T02:30:00"));
        rows.add(plain(12, true, 13, 1.0, "1.00", "{\"a\": [1]}", "2024-11-03", "01:30:00", "2024-11-03T01:30:00"));
        rows.add(plain(
                13, false, 14, 9.75, "5.00", "two\nlines\tand a tab", "2023-06-15", "11:11:11", "2023-06-15T11:11:11"));
        rows.add(extremes(14, false));
        rows.add(extremes(15, true));
        // Two, so that a source without fixed fields can hold a null and a field left out for each.
        rows.add(nulls(16));
        rows.add(nulls(17));
        return rows;
    }

    private static List<@Nullable Object> nulls(long id) {
        List<@Nullable Object> nulls = row((Object) id);
        IntStream.range(1, 15).forEach(i -> nulls.add(null));
        return nulls;
    }

    private static List<@Nullable Object> plain(
            long id, boolean b, long number, double f, String d, String t, String dt, String tm, String ts) {
        return row(
                id,
                b,
                number,
                number,
                number,
                (float) f,
                f,
                new BigDecimal(d),
                new BigDecimal(d).setScale(10),
                t,
                t.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                LocalDate.parse(dt),
                LocalTime.parse(tm),
                LocalDateTime.parse(ts),
                Instant.parse(ts + "Z"));
    }

    private static List<@Nullable Object> extremes(long id, boolean high) {
        return row(
                id,
                high,
                high ? (long) Short.MAX_VALUE : (long) Short.MIN_VALUE,
                high ? (long) Integer.MAX_VALUE : (long) Integer.MIN_VALUE,
                high ? Long.MAX_VALUE : Long.MIN_VALUE,
                high ? Float.MAX_VALUE : -Float.MAX_VALUE,
                high ? Double.MAX_VALUE : 5e-324,
                new BigDecimal(high ? "9999999999.99" : "-9999999999.99"),
                new BigDecimal((high ? "" : "-") + "9999999999999999999999999999.9999999999"),
                high ? "\uD83D\uDE00\uD83D\uDE01 tall" : " leading and trailing  ",
                high ? new byte[] {0, -1, 127, -128} : new byte[0],
                LocalDate.parse(high ? "9999-12-31" : "0001-01-01"),
                LocalTime.parse(high ? "23:59:59.999" : "00:00:00"),
                LocalDateTime.parse(high ? "9999-12-31T23:59:59.999" : "0001-01-01T00:00:00"),
                Instant.parse(high ? "9999-12-31T23:59:59.999Z" : "0001-01-01T00:00:00Z"));
    }

    private static List<List<@Nullable Object>> people() {
        return List.of(
                person(1, "Ada", "London", null, "5200.00", 4.5, "1815-12-10"),
                person(2, "Brook", "Berlin", 1L, "4100.50", 3.25, "1981-05-01"),
                person(3, "Chloé", "Berlin", 1L, "3999.99", null, "1990-11-30"),
                person(4, "Dai", null, 2L, "3999.99", 2.0, null),
                person(5, "Eve", "london", 2L, null, 1.0, "2000-02-29"),
                person(6, "Finn", null, 9L, "1000.00", 0.5, "1999-12-31"),
                person(7, "Ada", "Łódź", null, "0.01", -1.5, "1815-12-10"));
    }

    private static List<@Nullable Object> person(
            long id,
            String name,
            @Nullable String city,
            @Nullable Long boss,
            @Nullable String salary,
            @Nullable Double score,
            @Nullable String born) {
        return row(
                id,
                name,
                city,
                boss,
                salary == null ? null : new BigDecimal(salary),
                score,
                born == null ? null : LocalDate.parse(born));
    }

    private static List<List<@Nullable Object>> orders() {
        return List.of(
                order(1, 1L, "ink", 3L, "10.00", "2024-01-05T10:00:00"),
                order(2, 1L, "paper", 500L, "25.00", "2024-01-05T10:00:00.250"),
                order(3, 2L, "ink", 1L, "3.33", "2024-02-01T00:00:00"),
                order(4, 3L, "quill", 2L, "0.01", "2024-02-29T23:59:59.999"),
                order(5, 3L, null, 10L, "99999.99", "2023-12-31T23:59:59"),
                order(6, null, "ink", 7L, "20.00", "2024-03-01T08:00:00"),
                order(7, 8L, "Ink", null, null, null),
                order(8, 2L, "paper", 250L, "12.50", "2025-01-01T00:00:00"));
    }

    private static List<@Nullable Object> order(
            long id,
            @Nullable Long person,
            @Nullable String item,
            @Nullable Long quantity,
            @Nullable String amount,
            @Nullable String placed) {
        return row(
                id,
                person,
                item,
                quantity,
                amount == null ? null : new BigDecimal(amount),
                placed == null ? null : LocalDateTime.parse(placed));
    }
}
