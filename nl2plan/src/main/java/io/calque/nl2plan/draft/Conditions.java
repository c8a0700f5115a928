package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Mention.LikeKind;
import io.calque.nl2plan.draft.Request.ColumnRef;
import io.calque.nl2plan.draft.Request.Condition;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Adds conditions on rows to a request. Values of one column are alternatives. Used for one question. */
final class Conditions {
    private final Context context;
    private final Request request;
    private final Map<ColumnRef, List<String>> values = new LinkedHashMap<>();
    private final Map<ColumnRef, Integer> positions = new LinkedHashMap<>();

    Conditions(Context context, Request request) {
        this.context = context;
        this.request = request;
    }

    void value(Link.ToValue link, boolean negated) {
        equal(new ColumnRef(link.table(), link.column()), link.value(), negated);
    }

    private void equal(ColumnRef column, String value, boolean negated) {
        if (negated) {
            request.conditions.add(new Condition(
                    column, name -> name + " <> " + SqlNames.literal(value), column + " is not '" + value + "'"));
            return;
        }
        List<String> all = values.computeIfAbsent(column, c -> new ArrayList<>());
        if (!all.contains(value)) {
            all.add(value);
        }
        List<String> now = List.copyOf(all);
        String list = now.stream().map(SqlNames::literal).collect(Collectors.joining(", "));
        Condition condition = new Condition(
                column,
                name -> now.size() == 1 ? name + " = " + list : name + " IN (" + list + ")",
                column + " is " + now.stream().map(v -> "'" + v + "'").collect(Collectors.joining(" or ")));
        Integer position = positions.get(column);
        if (position == null) {
            positions.put(column, request.conditions.size());
            request.conditions.add(condition);
        } else {
            request.conditions.set(position, condition);
        }
    }

    /** A text that no dictionary holds: of the column just named, else of what names the rows of the table just named. */
    void text(String text, Optional<ColumnRef> column, Optional<TableDescriptor> table, boolean negated) {
        Optional<ColumnRef> target = column.filter(c -> Context.text(c.column()));
        if (target.isEmpty()) {
            target = table.flatMap(t -> context.label(t).stream().findFirst()).filter(c -> Context.text(c.column()));
        }
        if (target.isEmpty()) {
            throw new NotUnderstood("of which column is '" + text + "' a value?");
        }
        ColumnRef found = target.get();
        List<ColumnRef> label = context.label(found.table());
        String[] words = text.split(" ");
        if (column.isEmpty() && label.size() == 2 && words.length == 2) {
            equal(label.get(0), words[0], negated);
            equal(label.get(1), words[1], negated);
            return;
        }
        equal(found, text, negated);
    }

    void number(ColumnRef column, Comparison comparison, BigDecimal number) {
        String value = number.toPlainString();
        request.conditions.add(new Condition(
                column,
                name -> name + " " + comparison.sql() + " " + value,
                column + " " + comparison.sql() + " " + value));
    }

    void like(ColumnRef column, LikeKind kind, String text, boolean negated, Choice choice) {
        String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        String pattern = switch (kind) {
            case STARTS -> escaped + "%";
            case ENDS -> "%" + escaped;
            case CONTAINS -> "%" + escaped + "%";
        };
        Condition like = new Condition(
                column,
                name -> name + (negated ? " NOT ILIKE " : " ILIKE ") + SqlNames.literal(pattern),
                column + (negated ? " is not like '" : " is like '") + pattern + "'");
        int last = request.conditions.size() - 1;
        if (choice == Choice.OR
                && last >= 0
                && request.conditions.get(last).column().equals(column)) {
            Condition other = request.conditions.get(last);
            request.conditions.set(
                    last,
                    new Condition(
                            column,
                            name -> "(" + other.sql().apply(name) + " OR "
                                    + like.sql().apply(name) + ")",
                            other.words() + " or " + like.words()));
            return;
        }
        request.conditions.add(like);
    }

    /** How a condition goes with the one before. */
    enum Choice {
        AND,
        OR
    }

    void average(ColumnRef column, Comparison comparison) {
        request.conditions.add(new Condition(
                column,
                name -> name + " " + comparison.sql() + " ",
                column + (comparison == Comparison.GT ? " is above its average" : " is below its average"),
                Request.Scope.AVERAGE));
    }

    void present(ColumnRef column) {
        request.conditions.add(new Condition(column, name -> name + " IS NOT NULL", column + " is there"));
    }

    void missing(ColumnRef column) {
        request.conditions.add(new Condition(column, name -> name + " IS NULL", column + " is missing"));
    }

    void truth(Optional<ColumnRef> column, boolean value) {
        column.filter(c -> c.column().type().kind() == io.calque.spi.type.TypeKind.BOOLEAN)
                .ifPresent(c -> {
                    request.conditions.removeIf(had -> had.column().equals(c));
                    request.conditions.add(new Condition(
                            c, name -> value ? name : "NOT " + name, c + (value ? " is true" : " is false")));
                });
    }

    void weekend(Request of, Optional<TableDescriptor> table, boolean weekend) {
        Optional<ColumnRef> time = of.measures().stream()
                .map(m -> context.time(m.of()))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> table.flatMap(t -> context.time(t)));
        if (time.isEmpty()) {
            throw new NotUnderstood("no date tells what is on weekends");
        }
        request.conditions.add(new Condition(
                time.get(),
                name -> "EXTRACT(DOW FROM " + name + (weekend ? ") IN " : ") NOT IN ") + "(0, 6)",
                time.get() + (weekend ? " is on a weekend" : " is on a weekday")));
    }

    void during(ColumnRef column, Period period, String words) {
        request.conditions.add(new Condition(column, period::condition, column + " " + words));
    }

    static Comparison opposite(Comparison comparison) {
        return switch (comparison) {
            case EQ -> Comparison.NE;
            case NE -> Comparison.EQ;
            case LT -> Comparison.GE;
            case LE -> Comparison.GT;
            case GT -> Comparison.LE;
            case GE -> Comparison.LT;
        };
    }
}
