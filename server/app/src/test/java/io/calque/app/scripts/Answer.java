package io.calque.app.scripts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query. Immutable.
 *
 * @param comparable the values of each row in a form in which two databases, or two plans, can be compared: numbers by value
 */
record Answer(List<Column> columns, List<List<String>> rows, List<List<String>> comparable, boolean ordered) {
    /** What one database gives an average or a quotient beyond these digits is no difference. */
    private static final int DIGITS = 12;

    private record Column(String name, Alignment alignment) {}

    private enum Alignment {
        LEFT,
        RIGHT
    }

    Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        comparable = List.copyOf(comparable);
    }

    static Answer of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                Alignment alignment =
                        isNumber(results.getMetaData().getColumnType(i)) ? Alignment.RIGHT : Alignment.LEFT;
                columns.add(new Column(results.getMetaData().getColumnLabel(i), alignment));
            }
            List<List<String>> rows = new ArrayList<>();
            List<List<String>> comparable = new ArrayList<>();
            while (results.next()) {
                List<String> row = new ArrayList<>();
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    String text = results.getString(i);
                    row.add(text == null ? "" : text);
                    values.add(comparable(results.getObject(i), text));
                }
                rows.add(List.copyOf(row));
                comparable.add(List.copyOf(values));
            }
            return new Answer(columns, rows, comparable, isOrdered(sql));
        }
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC -> true;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> true;
            default -> false;
        };
    }

    /** Whether the statement's last ORDER BY is its own, and not that of a subquery or a window. */
    private static boolean isOrdered(String sql) {
        int at = sql.toUpperCase(Locale.ROOT).lastIndexOf("ORDER BY");
        return at >= 0
                && sql.substring(at)
                                .chars()
                                .map(c -> c == '(' ? 1 : c == ')' ? -1 : 0)
                                .sum()
                        >= 0;
    }

    private static String comparable(@Nullable Object value, @Nullable String text) {
        if (value == null || text == null) {
            return "NULL";
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? plain(new BigDecimal(text).round(new MathContext(DIGITS))) : text;
        }
        if (value instanceof Number) {
            return plain(new BigDecimal(text).setScale(DIGITS, RoundingMode.HALF_UP));
        }
        return value instanceof Boolean ? value.toString() : "'" + text + "'";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /**
     * What is wrong with another answer to the same query, which says whether order matters; empty when nothing is.
     */
    Optional<String> difference(Answer other) {
        List<List<String>> expected = other.ordered ? comparable : sorted(comparable);
        List<List<String>> actual = other.ordered ? other.comparable : sorted(other.comparable);
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String want = i < expected.size() ? expected.get(i).toString() : "no more rows";
            String have = i < actual.size() ? actual.get(i).toString() : "no more rows";
            if (!want.equals(have)) {
                return Optional.of("row " + (i + 1) + ": expected " + want + ", got " + have);
            }
        }
        return Optional.empty();
    }

    private static List<List<String>> sorted(List<List<String>> rows) {
        return rows.stream().sorted(Comparator.comparing(List::toString)).toList();
    }

    /** The rows as a table; in the order of their text where the query asks for none. */
    List<String> table() {
        List<List<String>> shown = ordered ? rows : sorted(rows);
        int[] widths = IntStream.range(0, columns.size())
                .map(i -> Math.max(
                        columns.get(i).name().length(),
                        shown.stream()
                                .mapToInt(row -> row.get(i).length())
                                .max()
                                .orElse(0)))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::name).toList(), widths));
        lines.add(IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("-+-")));
        shown.forEach(row -> lines.add(line(row, widths)));
        lines.add("(" + shown.size() + (shown.size() == 1 ? " row)" : " rows)"));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String gap = " ".repeat(widths[i] - cells.get(i).length());
            boolean right = columns.get(i).alignment() == Alignment.RIGHT;
            line.append(i == 0 ? "" : " | ").append(right ? gap + cells.get(i) : cells.get(i) + gap);
        }
        return line.toString().stripTrailing();
    }
}
