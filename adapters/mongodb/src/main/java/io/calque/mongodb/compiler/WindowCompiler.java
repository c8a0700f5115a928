package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.ServerFeature;
import io.calque.mongodb.pipeline.Comparison.Stored;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * Says window functions as {@code $setWindowFields}. What counts rows needs one stage; what asks which rows tie needs up to three, because
 * {@code $rank} and windows by {@code range} take one sort field, and ours often are two, the rank of NULLs before the column:
 *
 * <pre>
 * SELECT id, SUM(pay) OVER (PARTITION BY city ORDER BY born) FROM people
 * db.people.aggregate([{$addFields: {"born#rank": {$cond: [{$gt: ["$born", null]}, 0, 1]}}},
 *     {$setWindowFields: {partitionBy: "$city", sortBy: {"born#rank": 1, born: 1}, output: {"row#": {$documentNumber: {}}}}},
 *     {$setWindowFields: {partitionBy: {city: "$city", born: "$born"}, output: {"rank#": {$min: "$row#"}}}},
 *     {$setWindowFields: {partitionBy: "$city", sortBy: {"rank#": 1}, output: {sum: {$sum: "$pay", window: {range: ["unbounded", "current"]}}}}}])
 * </pre>
 *
 * <p>RANK is the least row number of those that tie; DENSE_RANK and frames of ties follow it. Single-threaded, used once.
 */
final class WindowCompiler {
    private static final String STAGE = "$setWindowFields";
    private static final BsonDocument NOTHING = new BsonDocument();

    private final Window window;
    private final Window.Group group;
    private final Draft input;
    private final List<NativeQuery.Column> columns;
    private final SortKeys keys;
    private final Draft rows;
    private final FieldNames names;
    private final List<Field> given = new ArrayList<>();
    /** What counts rows, in the window's own order. */
    private final BsonDocument byRow = new BsonDocument();
    /** What ties have in common. */
    private final BsonDocument ofPeers = new BsonDocument();
    /** What follows the rank. */
    private final BsonDocument byRank = new BsonDocument();

    private Optional<Path> rank = Optional.empty();

    /**
     * @param columns of the group's functions
     */
    private WindowCompiler(Window window, Window.Group group, Draft input, List<NativeQuery.Column> columns) {
        this.window = window;
        this.group = group;
        this.input = input.materialized(used(group, input.fields().size()));
        this.columns = columns;
        this.keys = SortKeys.of(this.input, group.orderKeys.getFieldCollations());
        this.rows = keys.rows();
        this.names = FieldNames.beside(rows);
        keys.order().keySet().forEach(names::take);
    }

    static Draft compile(Window window, Draft input) {
        input.features().require(ServerFeature.WINDOWS);
        List<NativeQuery.Column> columns = RelTypes.columns(window.getRowType());
        Draft draft = input;
        for (Window.Group group : window.groups) {
            int from = draft.fields().size();
            draft = new WindowCompiler(window, group, draft, columns.subList(from, from + group.aggCalls.size()))
                    .draft();
        }
        return draft;
    }

    /** What is computed is computed once. */
    private static Set<Integer> used(Window.Group group, int width) {
        Set<Integer> used = new TreeSet<>(group.keys.asList());
        for (Window.RexWinAggCall call : group.aggCalls) {
            for (RexNode operand : call.getOperands()) {
                // Behind the last column stand constants.
                if (operand instanceof RexInputRef ref && ref.getIndex() < width) {
                    used.add(ref.getIndex());
                }
            }
        }
        return used;
    }

    private Draft draft() {
        Frame frame = Frame.of(group, window);
        for (int i = 0; i < group.aggCalls.size(); i++) {
            add(columns.get(i), group.aggCalls.get(i), frame);
        }
        Draft draft = rows;
        Optional<BsonValue> partition = partition();
        if (!byRow.isEmpty()) {
            draft = draft.withStage(stage(partition, keys.order(), byRow));
        }
        if (!ofPeers.isEmpty()) {
            draft = draft.withStage(stage(Optional.of(peers()), NOTHING, ofPeers));
        }
        if (!byRank.isEmpty()) {
            BsonDocument order = Bson.of(rank.orElseThrow().dotted(), new BsonInt32(1));
            draft = draft.withStage(stage(partition, order, byRank));
        }
        List<Field> fields = new ArrayList<>(rows.fields());
        fields.addAll(given);
        return draft.withFields(fields);
    }

    private static BsonDocument stage(Optional<BsonValue> partition, BsonDocument order, BsonDocument output) {
        BsonDocument stage = new BsonDocument();
        partition.ifPresent(by -> stage.append("partitionBy", by));
        if (!order.isEmpty()) {
            stage.append("sortBy", order);
        }
        return Bson.of(STAGE, stage.append("output", output));
    }

    private Optional<BsonValue> partition() {
        List<Integer> by = group.keys.asList();
        by.forEach(key -> FieldUse.requireGrouping(rows.fields().get(key)));
        if (by.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(by.size() == 1 ? GroupStage.orNull(rows.fields().get(by.get(0))) : together(by));
    }

    /** Partitions of rows that tie. */
    private BsonValue peers() {
        Set<Integer> by = new TreeSet<>(group.keys.asList());
        group.orderKeys.getFieldCollations().stream()
                .map(RelFieldCollation::getFieldIndex)
                .forEach(by::add);
        return together(List.copyOf(by));
    }

    private BsonDocument together(List<Integer> indexes) {
        FieldNames free = FieldNames.beside();
        BsonDocument values = new BsonDocument();
        for (int index : indexes) {
            Field field = rows.fields().get(index);
            values.append(free.free(field.name()), GroupStage.orNull(field));
        }
        return values;
    }

    private void add(NativeQuery.Column column, Window.RexWinAggCall call, Frame frame) {
        String name = call.getOperator().getName();
        if (call.distinct || call.ignoreNulls) {
            throw new Refused("MongoDB has no window functions of distinct or not null values");
        }
        switch (call.getKind()) {
            case ROW_NUMBER -> give(column, output(byRow, column.name(), "$documentNumber", requireOrder(name)));
            case RANK -> give(column, rank(name));
            case DENSE_RANK -> {
                if (isOneField()) {
                    give(column, output(byRow, column.name(), "$denseRank", NOTHING));
                } else {
                    rank(name);
                    give(column, output(byRank, column.name(), "$denseRank", NOTHING));
                }
            }
            case LAG, LEAD -> addNeighbour(column, call);
            case FIRST_VALUE, LAST_VALUE -> {
                requireOrder(name);
                Field argument = argument(call);
                String operator = call.getKind() == SqlKind.FIRST_VALUE ? "$first" : "$last";
                Path value = new Framed(frame)
                        .accumulate(column.name(), operator, argument.source().expression());
                given.add(Accumulators.passed(column, value, argument));
            }
            case COUNT, SUM, SUM0, MIN, MAX -> addAggregate(column, call, frame);
            default -> throw new Refused("MongoDB is not asked for " + name + " over a window");
        }
    }

    /** The number of the first row of those that tie. */
    private Path rank(String asking) {
        if (rank.isEmpty()) {
            requireOrder(asking);
            if (isOneField()) {
                rank = Optional.of(output(byRow, "rank#", "$rank", NOTHING));
            } else {
                Path row = output(byRow, "row#", "$documentNumber", NOTHING);
                rank = Optional.of(output(ofPeers, "rank#", "$min", row.expression()));
            }
        }
        return rank.get();
    }

    private BsonDocument requireOrder(String name) {
        if (keys.order().isEmpty()) {
            throw new Refused("MongoDB counts rows only in an order: " + name);
        }
        return NOTHING;
    }

    /** Whether {@code $rank} takes the order: one field, in which null and missing are not told apart, as they were before 8.0. */
    private boolean isOneField() {
        return keys.order().size() == 1
                && group.orderKeys.getFieldCollations().stream()
                        .noneMatch(key -> rows.fields().get(key.getFieldIndex()).nullable());
    }

    private void addNeighbour(NativeQuery.Column column, Window.RexWinAggCall call) {
        requireOrder(call.getOperator().getName());
        Field value = argument(call);
        List<RexNode> operands = call.getOperands();
        int distance = operands.size() > 1 ? Frame.count(operands.get(1), window) : 1;
        BsonDocument shift = Bson.of("output", value.source().expression())
                .append("by", new BsonInt32(call.getKind() == SqlKind.LAG ? -distance : distance));
        if (operands.size() > 2) {
            shift.append("default", otherwise(operands.get(2), value));
        }
        Path shifted = output(byRow, column.name(), "$shift", shift);
        if (operands.size() > 2) {
            give(column, shifted);
        } else {
            given.add(Accumulators.passed(column, shifted, value));
        }
    }

    private BsonValue otherwise(RexNode operand, Field value) {
        boolean alike = Frame.operand(operand, window) instanceof RexLiteral literal
                && Literals.type(literal.getType()).kind() == value.type().kind()
                && FieldUse.requireEquality(value) == Stored.AS_TYPED;
        if (!alike) {
            throw new Refused("MongoDB is asked for a default that is a constant of the value's type only");
        }
        RexLiteral literal = (RexLiteral) Frame.operand(operand, window);
        return literal.isNull() ? BsonNull.VALUE : Literals.expression(literal);
    }

    private void addAggregate(NativeQuery.Column column, Window.RexWinAggCall call, Frame frame) {
        List<Integer> arguments = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            Field argument = argument(operand);
            if (call.getKind() != SqlKind.COUNT
                    && call.getKind() != SqlKind.MIN
                    && call.getKind() != SqlKind.MAX
                    && frame.slides()
                    && argument.type().kind() == TypeKind.DOUBLE) {
                throw new Refused("a frame that slides over doubles loses digits in an order of its own");
            }
            arguments.add(((RexInputRef) operand).getIndex());
        }
        AggregateCall plain = AggregateCall.create(
                (SqlAggFunction) call.getOperator(),
                false,
                false,
                false,
                List.of(),
                arguments,
                -1,
                null,
                RelCollations.EMPTY,
                call.getType(),
                null);
        Accumulators.Rows some = frame.holdsItsRow() ? Accumulators.Rows.SOME : Accumulators.Rows.MAYBE_NONE;
        new Accumulators(rows, new Framed(frame), some).add(column, plain);
    }

    private Field argument(Window.RexWinAggCall call) {
        return argument(call.getOperands().get(0));
    }

    private Field argument(RexNode operand) {
        if (!(Frame.operand(operand, window) instanceof RexInputRef ref)) {
            throw new Refused("a window over a constant is made here");
        }
        Field field = rows.fields().get(ref.getIndex());
        FieldUse.requireReadable(field);
        return field;
    }

    private Path output(BsonDocument stage, String name, String operator, BsonValue value) {
        String free = names.free(name);
        stage.append(free, Bson.of(operator, value));
        return Path.of(free);
    }

    private void give(NativeQuery.Column column, Path path) {
        given.add(new Field(
                column.name(),
                column.type(),
                column.nullable(),
                path,
                Optional.empty(),
                Accepts.EXACT,
                column.name(),
                input.origin().table()));
    }

    /** Accumulators over a frame. */
    private final class Framed implements Accumulated {
        private final Frame frame;

        private Framed(Frame frame) {
            this.frame = frame;
        }

        @Override
        public Path accumulate(String name, String operator, BsonValue value) {
            return switch (frame.kind()) {
                case WHOLE -> output(byRow, name, operator, value);
                case ROWS -> framed(output(byRow, name, operator, value), byRow);
                case PEERS -> {
                    rank(name);
                    yield framed(output(byRank, name, operator, value), byRank);
                }
            };
        }

        private Path framed(Path output, BsonDocument stage) {
            stage.getDocument(output.dotted()).append("window", frame.bounds());
            return output;
        }

        @Override
        public void give(Field field) {
            given.add(field);
        }
    }
}
