package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.words.Mention.LikeKind;
import io.calque.nl2plan.draft.words.Period;
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
public final class Conditions {
    private final Context context;
    private final Request request;
    private final Map<Said, List<String>> values = new LinkedHashMap<>();
    private final Map<Said, Condition> said = new LinkedHashMap<>();

    /** A column, of whose rows. */
    private record Said(ColumnRef column, Optional<TableDescriptor> owner) {}

    public Conditions(Context context, Request request) {
        this.context = context;
        this.request = request;
    }

    public void value(Link.ToValue link, boolean negated) {
        value(link, negated, Optional.empty());
    }

    public void value(Link.ToValue link, boolean negated, Optional<TableDescriptor> owner) {
        equal(new ColumnRef(link.table(), link.column()), link.value(), negated, owner);
    }

    private void equal(ColumnRef column, String value, boolean negated) {
        equal(column, value, negated, Optional.empty());
    }

    private void equal(ColumnRef column, String value, boolean negated, Optional<TableDescriptor> owner) {
        if (negated) {
            request.conditions.add(new Condition(
                    column,
                    name -> name + " <> " + SqlNames.literal(value),
                    column + " is not '" + value + "'",
                    owner));
            return;
        }
        Said key = new Said(column, owner);
        Optional<Condition> had = Optional.ofNullable(said.get(key)).filter(request.conditions::contains);
        if (had.isEmpty()) {
            values.remove(key);
        }
        List<String> all = values.computeIfAbsent(key, c -> new ArrayList<>());
        if (!all.contains(value)) {
            all.add(value);
        }
        List<String> now = List.copyOf(all);
        String list = now.stream().map(SqlNames::literal).collect(Collectors.joining(", "));
        Condition condition = new Condition(
                column,
                name -> now.size() == 1 ? name + " = " + list : name + " IN (" + list + ")",
                owner.map(o -> o.name().table() + " of ").orElse("") + column + " is "
                        + now.stream().map(v -> "'" + v + "'").collect(Collectors.joining(" or ")),
                owner);
        said.put(key, condition);
        if (had.isEmpty()) {
            request.conditions.add(condition);
        } else {
            request.conditions.set(request.conditions.indexOf(had.get()), condition);
        }
    }

    /** Of two conditions one need hold. */
    void either(Condition one, Condition other) {
        request.conditions.remove(other);
        request.conditions.set(request.conditions.indexOf(one), one.or(other));
    }

    /** A text that no dictionary holds: of the column just named, else of what names the rows of the table just named. */
    public void text(String text, Optional<ColumnRef> column, Optional<TableDescriptor> table, boolean negated) {
        Optional<ColumnRef> target = column.filter(c -> ColumnKinds.text(c.column()));
        if (target.isEmpty()) {
            target = table.flatMap(t -> context.rows().label(t).stream().findFirst())
                    .filter(c -> ColumnKinds.text(c.column()));
        }
        if (target.isEmpty()) {
            throw new NotUnderstood("of which column is '" + text + "' a value?");
        }
        ColumnRef found = target.get();
        List<ColumnRef> label = context.rows().label(found.table());
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
        boolean equals = comparison == Comparison.EQ || comparison == Comparison.NE;
        boolean text = ColumnKinds.text(column.column());
        request.conditions.add(new Condition(
                column,
                name -> text && equals
                        ? name + " " + comparison.sql() + " " + SqlNames.literal(value)
                        : (text ? "CAST(" + name + " AS DOUBLE)" : name) + " " + comparison.sql() + " " + value,
                column + " " + comparison.sql() + " " + value));
    }

    /** A date as far back as an age of so many years. */
    void ago(ColumnRef column, Comparison comparison, int years) {
        Comparison date = switch (comparison) {
            case GT -> Comparison.LT;
            case GE -> Comparison.LE;
            case LT -> Comparison.GT;
            case LE -> Comparison.GE;
            case EQ, NE -> comparison;
        };
        request.conditions.add(new Condition(
                column,
                name -> name + " " + date.sql() + " CURRENT_DATE - INTERVAL '" + years + "' YEAR",
                column + " " + date.sql() + " " + years + " years ago"));
    }

    void like(ColumnRef column, LikeKind kind, String text, boolean negated) {
        String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        String pattern = switch (kind) {
            case STARTS -> escaped + "%";
            case ENDS -> "%" + escaped;
            case CONTAINS -> "%" + escaped + "%";
        };
        request.conditions.add(new Condition(
                column,
                name -> name + (negated ? " NOT ILIKE " : " ILIKE ") + SqlNames.literal(pattern),
                column + (negated ? " is not like '" : " is like '") + pattern + "'"));
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
        days(of, table, (weekend ? " IN " : " NOT IN ") + "(0, 6)", weekend ? " is on a weekend" : " is on a weekday");
    }

    /** Days of the week, of the date that what is counted has. */
    void days(Request of, Optional<TableDescriptor> table, String days, String words) {
        Optional<ColumnRef> time = of.measures().stream()
                .map(m -> context.times().of(m.of()))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> table.flatMap(t -> context.times().of(t)));
        if (time.isEmpty()) {
            throw new NotUnderstood("no date tells what" + words);
        }
        request.conditions.add(
                new Condition(time.get(), name -> "EXTRACT(DOW FROM " + name + ")" + days, time.get() + words));
    }

    boolean knows(ColumnRef column, Optional<TableDescriptor> owner) {
        return values.containsKey(new Said(column, owner));
    }

    /** All the values asked for, for each row of what is asked: "both rock and metal". */
    void allOf(ColumnRef column) {
        int wanted = values.getOrDefault(new Said(column, Optional.empty()), List.of())
                .size();
        if (wanted < 2) {
            throw new NotUnderstood("both of what?");
        }
        request.having.add(new Request.Having(
                new Request.Measure(
                        io.calque.nl2plan.plan.PlanNode.AggregateFunction.COUNT,
                        column.table(),
                        Optional.of(column),
                        Request.Distinctness.DISTINCT),
                Comparison.EQ,
                BigDecimal.valueOf(wanted)));
    }

    /** A time restricts what is looked at, also where a share of it is asked for. */
    void during(ColumnRef column, Period period, String words) {
        Condition during = new Condition(column, period::condition, column + " " + words);
        if (request.shareFrom.isPresent()) {
            request.conditions.add(request.shareFrom.getAsInt(), during);
            request.shareFrom = java.util.OptionalInt.of(request.shareFrom.getAsInt() + 1);
            return;
        }
        request.conditions.add(during);
    }

    /** "in May and June": either; false where the time before is another date's. */
    boolean orDuring(ColumnRef column, Period period, String words) {
        for (int i = request.conditions.size() - 1; i >= 0; i--) {
            Condition other = request.conditions.get(i);
            if (other.column().equals(column)) {
                request.conditions.set(i, other.or(new Condition(column, period::condition, words)));
                return true;
            }
        }
        return false;
    }

    public static Comparison opposite(Comparison comparison) {
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
