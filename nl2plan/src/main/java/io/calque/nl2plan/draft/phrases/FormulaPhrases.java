package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Formula;
import io.calque.nl2plan.draft.request.Formula.Operation;
import io.calque.nl2plan.draft.request.Formula.Term;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Calculated;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.RowValue;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Calculation;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Unit;
import io.calque.nl2plan.formula.Arithmetic;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Arithmetic between figures: each phrase of a formula is read as a question of its own, which must come to one figure. What it says of rows
 * holds for that figure alone. Columns alone are added up, or computed row by row where rows are listed. Single-threaded.
 */
final class FormulaPhrases {
    private final Reading reading;
    /** Formulas of bare columns, as they are where rows are listed. */
    private final Map<Item, Item> rowByRow = new HashMap<>();
    /** What is said twice is one figure. */
    private final Map<String, Item> said = new HashMap<>();

    FormulaPhrases(Reading reading) {
        this.reading = reading;
    }

    /** The total of a column, in another unit than its own. */
    Item inUnit(ColumnRef column, Unit unit) {
        BigDecimal size =
                reading.context.amounts().converted(new Mention.Number(BigDecimal.ONE, Optional.of(unit), "1"), column);
        Measure total = sum(column);
        return size.compareTo(BigDecimal.ONE) == 0
                ? total
                : new Formula(new Formula.Two(Operation.DIVIDED, new Formula.Figure(total), new Formula.Number(size)));
    }

    static boolean isFormula(Mention mention) {
        return mention instanceof Calculation || mention instanceof Mention.RowFigure;
    }

    /** "success rate": how many in a hundred of all rows have the value. */
    void rate(Link.ToValue value) {
        Item rate = said.computeIfAbsent(
                "rate of " + value.table().name() + "." + value.column().name() + " " + value.value(), text -> {
                    Request part = new Request();
                    new Conditions(reading.context, part).value(value, false, Optional.empty());
                    Measure rows = Reading.count(value.table());
                    return Formula.percent(rows.only(part.conditions), rows);
                });
        reading.lastFigure = Optional.of(rate);
        reading.measures().place(rate);
    }

    /** Reads the formula here, and goes on behind it. */
    void formula() {
        reading.measures().place(figure(Optional.empty()));
    }

    /** @param function said before the formula: "average" of what is computed of each row */
    Item figure(Optional<AggregateFunction> function) {
        if (reading.mentions.get(reading.at) instanceof Mention.RowFigure row) {
            reading.at++;
            Item figure = function.<Item>map(f -> Measure.of(f, row.value())).orElse(new Calculated(row.value()));
            reading.lastFigure = Optional.of(figure);
            return figure;
        }
        Calculation calculation = (Calculation) reading.mentions.get(reading.at++);
        Optional<RowValue> row = rowValue(calculation);
        if (function.isPresent() && row.isPresent()) {
            return Measure.of(function.get(), row.get());
        }
        if (function.isPresent() && function.get() != AggregateFunction.SUM) {
            throw new NotUnderstood(
                    "'" + function.get().name().toLowerCase(java.util.Locale.ROOT) + "' of a figure of groups");
        }
        Item known = said.get(calculation.text());
        if (known != null) {
            reading.lastFigure = Optional.of(known);
            return known;
        }
        Formula formula = new Formula(term(calculation.formula(), calculation));
        said.put(calculation.text(), formula);
        reading.lastFigure = Optional.of(formula);
        row.ifPresent(value -> rowByRow.put(formula, new Calculated(value)));
        return formula;
    }

    /** Columns of rows that are listed are computed row by row. */
    void settle() {
        Request request = reading.request;
        if (request.outputs.isEmpty() && request.subject.isEmpty()) {
            // "the longest time between" is a time, and no row
            request.orders.stream()
                    .filter(o -> o.item() instanceof Calculated)
                    .findFirst()
                    .ifPresent(o -> {
                        AggregateFunction function =
                                o.direction() == Direction.DESC ? AggregateFunction.MAX : AggregateFunction.MIN;
                        request.orders.remove(o);
                        request.limit = OptionalLong.empty();
                        reading.show(Measure.of(function, ((Calculated) o.item()).value()));
                    });
        }
        boolean grouped = !reading.grouped.isEmpty() || !request.groups.isEmpty() || !reading.units.isEmpty();
        boolean others = request.outputs.stream().anyMatch(o -> Request.isFigure(o) && !rowByRow.containsKey(o));
        rowByRow.forEach((figure, value) -> {
            TableDescriptor table = Request.columns(value).get(0).table();
            boolean listed = request.outputs.stream()
                            .anyMatch(o -> o instanceof Attribute a
                                    && a.column().table().name().equals(table.name()))
                    || request.subject
                            .filter(s -> s.name().equals(table.name()))
                            .isPresent();
            if (listed && !grouped && !others) {
                request.outputs.replaceAll(o -> o.equals(figure) ? value : o);
                request.orders.replaceAll(o -> o.item().equals(figure) ? new Request.Order(value, o.direction()) : o);
            }
        });
    }

    private Term term(Arithmetic arithmetic, Calculation calculation) {
        if (arithmetic instanceof Arithmetic.Constant constant) {
            return new Formula.Number(constant.number());
        }
        if (arithmetic instanceof Arithmetic.Two two) {
            return new Formula.Two(
                    Operation.of(two.sign()), term(two.left(), calculation), term(two.right(), calculation));
        }
        String words = ((Arithmetic.Phrase) arithmetic).words();
        return new Formula.Figure(figure(words, calculation.phrases().getOrDefault(words, List.of())));
    }

    private Item figure(String words, List<Mention> mentions) {
        Optional<ColumnRef> bare = column(mentions);
        if (bare.isPresent()) {
            return sum(bare.get());
        }
        Optional<Link.ToValue> value = value(mentions);
        if (value.isPresent()) {
            // "the ratio of lost to returned parcels": rows that have the value
            Request part = new Request();
            new Conditions(reading.context, part).value(value.get(), false, Optional.empty());
            return Reading.count(value.get().table()).only(part.conditions);
        }
        Understood understood = reading.alone.apply(mentions);
        understood.unexplained().stream()
                .filter(w -> !reading.unexplained.contains(w))
                .forEach(reading.unexplained::add);
        Request phrase = understood.request();
        boolean plain = phrase.absent.isEmpty()
                && phrase.having.isEmpty()
                && phrase.memberships.isEmpty()
                && phrase.pairs.isEmpty()
                && phrase.bounds.isEmpty()
                && phrase.averages.isEmpty()
                && phrase.beside.isEmpty()
                && phrase.groups.isEmpty()
                && phrase.limit.isEmpty()
                && phrase.averagedOver.isEmpty();
        if (!plain) {
            throw new NotUnderstood("'" + words + "' is no single figure");
        }
        List<Item> figures =
                phrase.outputs.stream().filter(Request::isFigure).distinct().toList();
        List<Item> shown =
                phrase.outputs.stream().filter(o -> !Request.isFigure(o)).toList();
        phrase.required.stream()
                .filter(t -> reading.request.required.stream()
                        .noneMatch(r -> r.name().equals(t.name())))
                .forEach(reading.request.required::add);
        if (figures.size() == 1 && figures.get(0) instanceof Measure measure) {
            return measure.isShare() ? share(measure, phrase) : measure.only(phrase.filters());
        }
        if (figures.size() == 1 && phrase.filters().isEmpty()) {
            return figures.get(0);
        }
        if (figures.isEmpty() && phrase.subject.isPresent()) {
            return Reading.count(phrase.subject.get()).only(phrase.filters());
        }
        if (figures.isEmpty() && shown.size() == 1 && number(shown.get(0)).isPresent()) {
            return sum(number(shown.get(0)).get()).only(phrase.filters());
        }
        throw new NotUnderstood("'" + words + "' is no single figure");
    }

    private static Item share(Measure share, Request phrase) {
        List<Condition> part = new ArrayList<>(phrase.filters());
        part.addAll(phrase.shareConditions());
        Measure rows = Reading.count(share.of());
        return Formula.percent(rows.only(part), rows.only(phrase.filters()));
    }

    private static Optional<ColumnRef> number(Item item) {
        return item instanceof Attribute a && a.column().column().type().isNumeric()
                ? Optional.of(a.column())
                : Optional.empty();
    }

    private static Measure sum(ColumnRef column) {
        return new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS);
    }

    private Optional<Link.ToValue> value(List<Mention> mentions) {
        return mentions.size() == 1 && mentions.get(0) instanceof Linked linked
                ? reading.context
                        .pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToValue)
                        .map(l -> (Link.ToValue) l)
                : Optional.empty();
    }

    /** A phrase that only names a column of numbers. */
    private Optional<ColumnRef> column(List<Mention> mentions) {
        return mentions.size() == 1 && mentions.get(0) instanceof Linked linked
                ? reading.context
                        .pick(linked, l -> true)
                        .filter(ColumnKinds::numeric)
                        .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()))
                        .filter(c -> !reading.context.rows().isKey(c))
                : Optional.empty();
    }

    /** Of columns of one table alone: what is computed of each row. */
    private Optional<RowValue> rowValue(Calculation calculation) {
        List<ColumnRef> columns = new ArrayList<>();
        for (String phrase : calculation.formula().phrases()) {
            Optional<ColumnRef> column = column(calculation.phrases().getOrDefault(phrase, List.of()));
            if (column.isEmpty()) {
                return Optional.empty();
            }
            columns.add(column.get());
        }
        boolean one = columns.stream().map(c -> c.table().name()).distinct().count() == 1;
        if (!one) {
            return Optional.empty();
        }
        int[] next = {0};
        String template = template(calculation.formula(), next);
        return Optional.of(new RowValue(columns, template, calculation.text(), "value"));
    }

    private static String template(Arithmetic arithmetic, int[] next) {
        if (arithmetic instanceof Arithmetic.Constant constant) {
            return constant.number().toPlainString();
        }
        if (arithmetic instanceof Arithmetic.Phrase) {
            return "$" + next[0]++;
        }
        Arithmetic.Two two = (Arithmetic.Two) arithmetic;
        String left = template(two.left(), next);
        String right = template(two.right(), next);
        return two.sign() == '/'
                ? "(1.0 * " + left + " / NULLIF(" + right + ", 0))"
                : "(" + left + " " + two.sign() + " " + right + ")";
    }
}
