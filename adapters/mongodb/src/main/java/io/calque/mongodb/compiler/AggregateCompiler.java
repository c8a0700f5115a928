package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Says GROUP BY as {@code $group}. Where MongoDB's accumulators differ from SQL's functions, a second one stands beside:
 *
 * <pre>
 * SELECT country, SUM(total), COUNT(phone) FROM orders GROUP BY country
 * db.orders.aggregate([{$group: {_id: {country: {$ifNull: ["$country", null]}},
 *     sum: {$sum: "$total"}, "sum#n": {$sum: {$cond: [{$gt: ["$total", null]}, 1, 0]}},
 *     count: {$sum: {$cond: [{$gt: ["$phone", null]}, 1, 0]}}}}, ...])
 * </pre>
 *
 * A missing key and a null one would be two groups; {@code $sum} of nothing is 0 and not NULL.
 */
final class AggregateCompiler {
    private static final BsonInt32 ONE = new BsonInt32(1);
    private static final BsonInt32 ZERO = new BsonInt32(0);
    private static final BsonDouble NAN = new BsonDouble(Double.NaN);
    /** Adding it makes a decimal of an integer, and the sum of decimals exact where a sum of integers overflows. */
    private static final BsonValue DECIMAL_ZERO = new BsonDecimal128(Decimal128.parse("0"));
    /** Of a single value: a billion such values have 34 digits. */
    private static final int SAFE_DIGITS = 25;

    private static final int MAX_GUARDED_SCALE = 12;

    private final Aggregate aggregate;
    private final Draft input;
    private final List<NativeQuery.Column> columns;
    private final BsonDocument group = new BsonDocument();
    private final List<Field> fields = new ArrayList<>();
    private final Set<String> taken = new HashSet<>(Set.of("_id"));

    private AggregateCompiler(Aggregate aggregate, Draft input) {
        this.aggregate = aggregate;
        this.input = input;
        this.columns = RelTypes.columns(aggregate.getRowType());
    }

    static Draft compile(Aggregate aggregate, Draft input) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            throw new Refused("MongoDB is not asked for grouping sets");
        }
        Optional<Integer> distinct = distinctArgument(aggregate);
        if (distinct.isEmpty()) {
            return new AggregateCompiler(aggregate, input.materialized(usedTwice(aggregate, input))).compile();
        }
        Aggregate values = LogicalAggregate.create(
                aggregate.getInput(), List.of(), aggregate.getGroupSet().set(distinct.get()), null, List.of());
        return new AggregateCompiler(overDistinct(aggregate, values, distinct.get()), compile(values, input)).compile();
    }

    /**
     * The one column whose different values all the calls ask for: its values are grouped first, and the groups counted then.
     * An array of the values, which {@code $addToSet} makes, could pass the limit of a document.
     */
    private static Optional<Integer> distinctArgument(Aggregate aggregate) {
        List<AggregateCall> calls = aggregate.getAggCallList();
        boolean any = calls.stream().anyMatch(AggregateCompiler::isDistinct);
        boolean alike = calls.stream()
                .allMatch(call -> call.filterArg < 0
                        && call.getArgList().equals(calls.get(0).getArgList())
                        && call.getArgList().size() == 1
                        && (isDistinct(call) || isExtreme(call)));
        return any && alike ? Optional.of(calls.get(0).getArgList().get(0)) : Optional.empty();
    }

    /** Computed arguments whose function asks for them more than once: whether they are NULL, how large, and for their value. */
    private static Set<Integer> usedTwice(Aggregate aggregate, Draft input) {
        Set<Integer> found = new TreeSet<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            for (int index : call.getArgList()) {
                Field field = input.fields().get(index);
                boolean decimal = field.type().kind() == TypeKind.DECIMAL;
                if (call.getAggregation().getKind() != SqlKind.COUNT && (field.nullable() || decimal)) {
                    found.add(index);
                }
            }
        }
        return found;
    }

    private static boolean isExtreme(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.MIN
                || call.getAggregation().getKind() == SqlKind.MAX;
    }

    private static boolean isDistinct(AggregateCall call) {
        return call.isDistinct() && !isExtreme(call);
    }

    /** The same aggregate, over rows in which each value stands once in its group. */
    private static Aggregate overDistinct(Aggregate aggregate, Aggregate values, int argument) {
        List<Integer> order = values.getGroupSet().asList();
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .map(call -> call.withDistinct(false).withArgList(List.of(order.indexOf(argument))))
                .toList();
        ImmutableBitSet keys = ImmutableBitSet.of(
                aggregate.getGroupSet().asList().stream().map(order::indexOf).toList());
        return aggregate.copy(aggregate.getTraitSet(), values, keys, List.of(keys), calls);
    }

    private Draft compile() {
        addKeys();
        List<AggregateCall> calls = aggregate.getAggCallList();
        for (int i = 0; i < calls.size(); i++) {
            addCall(calls.get(i), columns.get(aggregate.getGroupCount() + i));
        }
        boolean global = aggregate.getGroupCount() == 0;
        return new Draft(
                input.origin(),
                input.first(),
                input.unwinds(),
                input.withStage(Bson.of("$group", group)).stages(),
                fields,
                Shape.GROUPS,
                global ? WhenEmpty.ONE_ROW : WhenEmpty.NO_ROWS);
    }

    private void addKeys() {
        BsonDocument keys = new BsonDocument();
        int position = 0;
        for (int index : aggregate.getGroupSet()) {
            Field field = input.fields().get(index);
            FieldUse.requireGrouping(field);
            NativeQuery.Column column = columns.get(position++);
            String name = keyName(column.name(), keys);
            BsonValue value = field.source().expression();
            keys.append(name, field.nullable() ? Bson.call("$ifNull", value, BsonNull.VALUE) : value);
            fields.add(field.withName(column.name()).withSource(Path.of("_id", name)));
        }
        group.append("_id", keys.isEmpty() ? BsonNull.VALUE : keys);
    }

    private static String keyName(String wanted, BsonDocument taken) {
        String name = plain(wanted);
        while (taken.containsKey(name)) {
            name = name + "_";
        }
        return name;
    }

    /** Dots and dollars would be read as paths. */
    private static String plain(String name) {
        String plain = name.replace('.', '_').replace("$", "_");
        return plain.isEmpty() ? "_" : plain;
    }

    private String free(String wanted) {
        String name = plain(wanted);
        while (!taken.add(name)) {
            name = name + "_";
        }
        return name;
    }

    private void addCall(AggregateCall call, NativeQuery.Column column) {
        String function = call.getAggregation().getName().toUpperCase(Locale.ROOT);
        if (isDistinct(call)) {
            throw new Refused("MongoDB is asked for DISTINCT only where all aggregates are of one column");
        }
        if (call.isApproximate() || !call.getCollation().getFieldCollations().isEmpty()) {
            throw new Refused("MongoDB is not asked for " + call);
        }
        List<Field> arguments =
                call.getArgList().stream().map(input.fields()::get).toList();
        arguments.forEach(FieldUse::requireReadable);
        Optional<BsonValue> filter = call.filterArg < 0
                ? Optional.empty()
                : Optional.of(Bson.call(
                        "$eq", input.fields().get(call.filterArg).source().expression(), BsonBoolean.TRUE));
        switch (function) {
            case "COUNT" -> addCount(column, arguments, filter);
            case "SUM" -> addSum(column, arguments.get(0), filter, WhenNothing.NULL);
            case "$SUM0", "SUM0" -> addSum(column, arguments.get(0), filter, WhenNothing.ZERO);
            case "MIN", "MAX" -> addExtreme(column, arguments.get(0), filter, "$" + function.toLowerCase(Locale.ROOT));
            case "LITERAL_AGG" -> addLiteral(column, call);
            case "AVG" ->
                throw new Refused(
                        "AVG: MongoDB rounds to 34 digits, and the scale differs; SUM and COUNT are asked for");
            default -> throw new Refused("MongoDB is not asked for " + function);
        }
    }

    /** The planner's mark on a group: a literal, whatever its rows. */
    private void addLiteral(NativeQuery.Column column, AggregateCall call) {
        if (aggregate.getGroupCount() == 0 || !(call.rexList.get(0) instanceof RexLiteral literal)) {
            throw new Refused("MongoDB is not asked for " + call);
        }
        fields.add(computed(column, new Computed(Literals.expression(literal)), Accepts.EXACT));
    }

    private enum WhenNothing {
        NULL,
        ZERO
    }

    private void addCount(NativeQuery.Column column, List<Field> arguments, Optional<BsonValue> filter) {
        String name = free(column.name());
        group.append(name, count(arguments, filter));
        fields.add(computed(column, Path.of(name), Accepts.EXACT));
    }

    private static BsonValue count(List<Field> arguments, Optional<BsonValue> filter) {
        List<BsonValue> conditions = new ArrayList<>();
        filter.ifPresent(conditions::add);
        for (Field argument : arguments) {
            if (argument.nullable()) {
                FieldUse.requireNullTestInExpression(argument);
                conditions.add(Bson.isNotNull(argument.source().expression()));
            }
        }
        if (conditions.isEmpty()) {
            return Bson.of("$sum", ONE);
        }
        BsonValue all = conditions.size() == 1 ? conditions.get(0) : Bson.call("$and", conditions);
        return Bson.of("$sum", Bson.cond(all, ONE, ZERO));
    }

    private void addSum(
            NativeQuery.Column column, Field argument, Optional<BsonValue> filter, WhenNothing whenNothing) {
        FieldUse.requireEquality(argument);
        DataType type = argument.type();
        if (!type.isNumeric() || type.kind() == TypeKind.REAL) {
            throw new Refused("MongoDB is not asked for the sum of " + type);
        }
        BsonValue value = argument.source().expression();
        if (type.kind() == TypeKind.BIGINT) {
            value = Bson.call("$add", value, DECIMAL_ZERO);
        }
        if (type.kind() == TypeKind.DECIMAL) {
            value = guarded(value, type.scale());
        }
        BsonValue summed = filter.isPresent() ? Bson.cond(filter.get(), value, BsonNull.VALUE) : value;
        String name = free(column.name());
        group.append(name, Bson.of("$sum", summed));
        BsonValue sum = new BsonString("$" + name);
        boolean mayBeNothing = whenNothing == WhenNothing.NULL
                && (argument.nullable() || filter.isPresent() || aggregate.getGroupCount() == 0);
        if (!mayBeNothing) {
            fields.add(computed(column, Path.of(name), Accepts.EXACT_SUM));
            return;
        }
        String counted = free(column.name() + "#n");
        group.append(counted, count(List.of(argument), filter));
        BsonValue count = new BsonString("$" + counted);
        sum = Bson.cond(Bson.call("$gt", count, ZERO), sum, BsonNull.VALUE);
        Accepts accepts = type.kind() == TypeKind.DOUBLE ? Accepts.EXACT : Accepts.EXACT_SUM;
        fields.add(computed(column, new Computed(sum), accepts));
    }

    /**
     * A sum of decimals is exact while no partial sum passes 34 digits. A value so large that a billion of its kind might is
     * replaced by NaN, which makes the sum NaN, which the cursor takes for an error rather than for a number.
     */
    private static BsonValue guarded(BsonValue value, int scale) {
        if (scale > MAX_GUARDED_SCALE) {
            throw new Refused("sums of more than " + MAX_GUARDED_SCALE + " decimals may pass MongoDB's 34 digits");
        }
        BigDecimal bound = BigDecimal.ONE.scaleByPowerOfTen(SAFE_DIGITS - scale);
        BsonValue tooLarge = Bson.call("$gte", value, new BsonDecimal128(new Decimal128(bound)));
        BsonValue tooSmall = Bson.call(
                "$and",
                Bson.call("$lte", value, new BsonDecimal128(new Decimal128(bound.negate()))),
                Bson.isNotNull(value));
        return Bson.cond(Bson.call("$or", tooLarge, tooSmall), new BsonDecimal128(Decimal128.NaN), value);
    }

    private void addExtreme(NativeQuery.Column column, Field argument, Optional<BsonValue> filter, String operator) {
        FieldUse.requireOrder(argument);
        BsonValue value = argument.source().expression();
        if (FieldUse.mayBeNaN(argument)) {
            addFloatingExtreme(column, value, filter, operator);
            return;
        }
        String name = free(column.name());
        group.append(
                name, Bson.of(operator, filter.isPresent() ? Bson.cond(filter.get(), value, BsonNull.VALUE) : value));
        Field passed = computed(column, Path.of(name), argument.accepts());
        // The value is one of the column's own, so what may be done with it is the same.
        fields.add(new Field(
                passed.name(),
                passed.type(),
                passed.nullable(),
                passed.source(),
                argument.column(),
                passed.accepts(),
                argument.origin(),
                argument.table()));
    }

    /** NaN is the greatest number, as in PostgreSQL; MongoDB takes it for the least. So it is counted apart. */
    private void addFloatingExtreme(
            NativeQuery.Column column, BsonValue value, Optional<BsonValue> filter, String operator) {
        BsonValue isNaN = Bson.call("$eq", value, NAN);
        List<BsonValue> counted = new ArrayList<>();
        filter.ifPresent(counted::add);
        counted.add(isNaN);
        BsonValue number = Bson.cond(isNaN, BsonNull.VALUE, value);
        String name = free(column.name());
        String nans = free(column.name() + "#nan");
        group.append(
                name, Bson.of(operator, filter.isPresent() ? Bson.cond(filter.get(), number, BsonNull.VALUE) : number));
        group.append(
                nans, Bson.of("$sum", Bson.cond(counted.size() == 1 ? isNaN : Bson.call("$and", counted), ONE, ZERO)));
        BsonValue extreme = new BsonString("$" + name);
        BsonValue orNaN = Bson.cond(Bson.call("$gt", new BsonString("$" + nans), ZERO), NAN, BsonNull.VALUE);
        BsonValue result =
                operator.equals("$max") ? Bson.call("$ifNull", orNaN, extreme) : Bson.call("$ifNull", extreme, orNaN);
        fields.add(computed(column, new Computed(result), Accepts.EXACT));
    }

    private Field computed(NativeQuery.Column column, FieldSource source, Accepts accepts) {
        return new Field(
                column.name(),
                column.type(),
                column.nullable(),
                source,
                Optional.empty(),
                accepts,
                column.name(),
                input.origin().table());
    }
}
