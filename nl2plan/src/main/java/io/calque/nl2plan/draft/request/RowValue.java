package io.calque.nl2plan.draft.request;

import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.function.Function;

/**
 * A value computed of the columns of one row: a price times a quantity, the days from one date to another.
 *
 * @param columns what it is computed of
 * @param template SQL in which {@code $0}, {@code $1}, ... stand for the columns
 * @param words for people
 * @param name what a column of such values is called
 */
public record RowValue(List<ColumnRef> columns, String template, String words, String name) {
    public RowValue {
        columns = List.copyOf(columns);
    }

    static RowValue product(ColumnRef one, ColumnRef other) {
        return new RowValue(
                List.of(one, other), "$0 * $1", one + " times " + other.column().name(), "sales");
    }

    /** The time from one date to a later one: whole days between days, with fractions between moments. */
    public static RowValue span(ColumnRef from, ColumnRef to, SpanUnit unit) {
        String template = isDay(from) && isDay(to)
                ? unit.ofDays("($0 - $1)")
                : unit.ofSeconds("TIMESTAMPDIFF(SECOND, CAST($1 AS TIMESTAMP), CAST($0 AS TIMESTAMP))");
        return new RowValue(List.of(to, from), template, unit.plural() + " from " + from + " to " + to, unit.plural());
    }

    /** Numbers that are kept as text. */
    public static RowValue number(ColumnRef text) {
        return new RowValue(
                List.of(text),
                "CAST($0 AS DOUBLE)",
                text.toString(),
                text.column().name());
    }

    private static boolean isDay(ColumnRef column) {
        return column.column().type().kind() == TypeKind.DATE;
    }

    /** @param named what a column is called there */
    public String sql(Function<ColumnRef, String> named) {
        String sql = template;
        for (int i = 0; i < columns.size(); i++) {
            sql = sql.replace("$" + i, SqlNames.quoted(named.apply(columns.get(i))));
        }
        return sql;
    }
}
