package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateCall;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** From measures to calls of aggregates, with the columns that these read. Used for one plan. */
final class MeasureCalls {
    private final Request request;
    private final Context context;
    private final OutputNames names;

    MeasureCalls(Request request, Context context, OutputNames names) {
        this.request = request;
        this.context = context;
        this.names = names;
    }

    List<ColumnRef> arguments(Measure measure, TableName base) {
        if (measure.isShare()) {
            List<ColumnRef> of = new ArrayList<>();
            request.shareConditions().forEach(c -> of.addAll(c.columns()));
            request.sharePairs.forEach(p -> of.addAll(List.of(p.left(), p.right())));
            return of;
        }
        if (measure.value().isPresent()) {
            return measure.value().get().columns();
        }
        if (measure.column().isPresent()) {
            return List.of(measure.column().get());
        }
        return measure.of().name().equals(base) ? List.of() : context.rows().key(measure.of());
    }

    AggregateCall call(Measure measure, TableName base, RelationDraft relation, List<PlanNode.Column> projected) {
        boolean foreign = !measure.of().name().equals(base);
        if (!foreign && (measure.isShare() || measure.value().isPresent())) {
            return computed(measure, relation, projected);
        }
        if (measure.column().isEmpty() && !foreign) {
            return new AggregateCall(
                    AggregateFunction.COUNT,
                    Optional.empty(),
                    Duplicates.KEEP,
                    only(measure, relation, projected),
                    Optional.empty(),
                    names.of(measure));
        }
        List<ColumnRef> arguments = arguments(measure, base);
        if (arguments.size() != 1) {
            throw new NotUnderstood("rows of " + measure.of().name().table() + " have no single key to count them by");
        }
        boolean additive = measure.function() == AggregateFunction.SUM || measure.function() == AggregateFunction.AVG;
        if (foreign && additive) {
            throw new Repeated(
                    measure,
                    measure.column().map(ColumnRef::toString).orElse("") + " would be counted once for each row of "
                            + base.table());
        }
        String name = relation.name(arguments.get(0));
        String argument =
                projected.stream().anyMatch(c -> c.as().equals(name)) ? "value_of_" + names.of(measure) : name;
        if (projected.stream().noneMatch(c -> c.as().equals(argument))) {
            projected.add(new PlanNode.Column(SqlNames.quoted(name), argument));
        }
        boolean distinct = measure.distinctness() == Distinctness.DISTINCT
                || foreign && measure.function() == AggregateFunction.COUNT;
        return new AggregateCall(
                measure.function(),
                Optional.of(SqlNames.quoted(argument)),
                distinct ? Duplicates.REMOVE : Duplicates.KEEP,
                only(measure, relation, projected),
                parameter(measure),
                names.of(measure));
    }

    private static Optional<String> parameter(Measure measure) {
        return measure.function() == AggregateFunction.PERCENTILE_CONT
                ? Optional.of(measure.fraction().toPlainString())
                : Optional.empty();
    }

    /** The rows of a measure of its own, as a column of truth that the aggregate is filtered by. */
    private Optional<String> only(Measure measure, RelationDraft relation, List<PlanNode.Column> projected) {
        if (measure.only().isEmpty()) {
            return Optional.empty();
        }
        String column = "counts_for_" + names.of(measure);
        if (projected.stream().noneMatch(c -> c.as().equals(column))) {
            projected.add(new PlanNode.Column(
                    measure.only().stream()
                            .map(c -> "(" + c.predicate(of -> SqlNames.quoted(relation.name(of))) + ")")
                            .collect(Collectors.joining(" AND ")),
                    column));
        }
        return Optional.of(SqlNames.quoted(column));
    }

    /** An aggregate over an expression: the share of rows, or price times quantity. */
    private AggregateCall computed(Measure measure, RelationDraft relation, List<PlanNode.Column> projected) {
        String expression = measure.isShare()
                ? "CASE WHEN " + share(relation) + " THEN 100.0 ELSE 0.0 END"
                : measure.value().orElseThrow().sql(relation::name);
        String argument = "value_of_" + names.of(measure);
        projected.add(new PlanNode.Column(expression, argument));
        return new AggregateCall(
                measure.function(),
                Optional.of(SqlNames.quoted(argument)),
                Duplicates.KEEP,
                only(measure, relation, projected),
                parameter(measure),
                names.of(measure));
    }

    private String share(RelationDraft relation) {
        List<String> conditions = new ArrayList<>();
        request.shareConditions().forEach(c -> conditions.add(c.predicate(of -> SqlNames.quoted(relation.name(of)))));
        request.sharePairs.forEach(p -> conditions.add(SqlNames.quoted(relation.name(p.left())) + " "
                + p.comparison().sql() + " " + SqlNames.quoted(relation.name(p.right()))));
        return String.join(" AND ", conditions);
    }
}
