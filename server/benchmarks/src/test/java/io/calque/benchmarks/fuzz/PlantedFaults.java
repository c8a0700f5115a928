package io.calque.benchmarks.fuzz;

import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Sixty mistakes that adapters make, each of which the random queries are to find. Stateless. */
final class PlantedFaults {
    private final Map<String, Fault> faults = new LinkedHashMap<>();

    private PlantedFaults() {
        conditions();
        values();
        literals();
        operators();
        aggregates();
        rows();
    }

    /** By what goes wrong. */
    static Map<String, Fault> all() {
        return new PlantedFaults().faults;
    }

    private void conditions() {
        swap("< taken for <=", SqlKind.LESS_THAN, SqlStdOperatorTable.LESS_THAN_OR_EQUAL);
        swap("<= taken for <", SqlKind.LESS_THAN_OR_EQUAL, SqlStdOperatorTable.LESS_THAN);
        swap("> taken for >=", SqlKind.GREATER_THAN, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);
        swap(">= taken for >", SqlKind.GREATER_THAN_OR_EQUAL, SqlStdOperatorTable.GREATER_THAN);
        swap("= matches NULL with NULL", SqlKind.EQUALS, SqlStdOperatorTable.IS_NOT_DISTINCT_FROM);
        swap("<> keeps NULLs", SqlKind.NOT_EQUALS, SqlStdOperatorTable.IS_DISTINCT_FROM);
        constant("IS NULL never holds", SqlKind.IS_NULL, false);
        constant("IS NOT NULL always holds", SqlKind.IS_NOT_NULL, true);
        swap("IS TRUE keeps NULLs", SqlKind.IS_TRUE, SqlStdOperatorTable.IS_NOT_FALSE);
        swap("IS NOT TRUE drops NULLs", SqlKind.IS_NOT_TRUE, SqlStdOperatorTable.IS_FALSE);
        swap("IS NOT DISTINCT FROM taken for =", SqlKind.IS_NOT_DISTINCT_FROM, SqlStdOperatorTable.EQUALS);
        call(
                "AND drops its last part",
                SqlKind.AND,
                (b, c) -> composed(b, c, c.getOperands().size() - 1));
        call("AND drops its first part", SqlKind.AND, (b, c) -> RexUtil.composeConjunction(b, tail(c.getOperands())));
        call(
                "OR drops its last part",
                SqlKind.OR,
                (b, c) -> composed(b, c, c.getOperands().size() - 1));
        call("LIKE takes _ for any text", SqlKind.LIKE, (b, c) -> pattern(b, c, p -> p.replace('_', '%')));
        call("LIKE forgets where text ends", SqlKind.LIKE, (b, c) -> pattern(b, c, p -> p + "%"));
        call("LIKE forgets where text begins", SqlKind.LIKE, (b, c) -> pattern(b, c, p -> "%" + p));
    }

    private void values() {
        swap("+ taken for -", SqlKind.PLUS, SqlStdOperatorTable.MINUS);
        call("- turned round", SqlKind.MINUS, (b, c) -> turned(c));
        call(
                "ABS forgotten",
                SqlKind.OTHER_FUNCTION,
                (b, c) -> c.getOperator().getName().equals("ABS") ? first(b, c) : null);
        swap("FLOOR taken for CEIL", SqlKind.FLOOR, SqlStdOperatorTable.CEIL);
        call("CASE forgets ELSE", SqlKind.CASE, PlantedFaults::withoutElse);
        named("|| turned round", "||", (b, c) -> turned(c));
        named("SUBSTRING counts from 0", "SUBSTRING", PlantedFaults::fromZero);
        named("CHAR_LENGTH counts one more", "CHAR_LENGTH", PlantedFaults::oneMore);
        call("EXTRACT counts from 0", SqlKind.EXTRACT, PlantedFaults::oneMore);
    }

    private void literals() {
        text("trailing blanks of a text constant cut", String::stripTrailing);
        text("case of a text constant folded", s -> s.toLowerCase(Locale.ROOT));
        text("code points beyond the BMP lost", s -> s.codePointCount(0, s.length()) < s.length() ? "\uFFFD" : s);
        faults.put(
                "a decimal constant cut to whole",
                FragmentFault.literal((b, l) -> SqlTypeUtil.isDecimal(l.getType())
                                && exact(l).stripTrailingZeros().scale() > 0
                        ? b.makeExactLiteral(
                                exact(l).setScale(0, RoundingMode.DOWN)
                                        .setScale(l.getType().getScale()),
                                l.getType())
                        : null));
        faults.put("a date constant one day late", FragmentFault.literal((b, l) -> {
            DateString date = l.getTypeName() == SqlTypeName.DATE ? l.getValueAs(DateString.class) : null;
            return date == null ? null : b.makeDateLiteral(DateString.fromDaysSinceEpoch(date.getDaysSinceEpoch() + 1));
        }));
        faults.put("a timestamp constant in another zone", FragmentFault.literal((b, l) -> {
            TimestampString time =
                    l.getTypeName() == SqlTypeName.TIMESTAMP ? l.getValueAs(TimestampString.class) : null;
            return time == null
                    ? null
                    : b.makeTimestampLiteral(
                            TimestampString.fromMillisSinceEpoch(time.getMillisSinceEpoch() + 3_600_000),
                            l.getType().getPrecision());
        }));
    }

    private void operators() {
        on("a filter forgotten", Filter.class, Filter::getInput);
        on("HAVING forgotten", Filter.class, f -> f.getInput() instanceof Aggregate ? f.getInput() : null);
        on("LIMIT one more", Sort.class, s -> limited(s, 1, 0));
        on("LIMIT one less", Sort.class, s -> limited(s, -1, 0));
        on("OFFSET one more", Sort.class, s -> s.offset == null ? null : limited(s, 0, 1));
        on("NULLs sorted to the other end", Sort.class, s -> resorted(s, PlantedFaults::otherNulls));
        on("a sort turned round", Sort.class, s -> resorted(s, PlantedFaults::otherWay));
        on("INNER JOIN taken for LEFT", Join.class, j -> joined(j, JoinRelType.INNER, JoinRelType.LEFT));
        on("LEFT JOIN taken for INNER", Join.class, j -> joined(j, JoinRelType.LEFT, JoinRelType.INNER));
        on("RIGHT JOIN taken for INNER", Join.class, j -> joined(j, JoinRelType.RIGHT, JoinRelType.INNER));
        on("a join condition loses a part", Join.class, PlantedFaults::looser);
    }

    private void aggregates() {
        on(
                "DISTINCT of rows forgotten",
                Aggregate.class,
                a -> a.getAggCallList().isEmpty()
                                && a.getGroupCount()
                                        == a.getInput().getRowType().getFieldCount()
                                && a.getGroupSets().size() == 1
                        ? a.getInput()
                        : null);
        calls("DISTINCT in an aggregate forgotten", c -> c.isDistinct() ? c.withDistinct(false) : c);
        calls(
                "COUNT counts NULLs",
                c -> c.getAggregation().getKind() == SqlKind.COUNT && !c.isDistinct() ? c.withArgList(List.of()) : c);
        on("SUM of nothing is 0", Aggregate.class, PlantedFaults::zeroOfNothing);
        calls(
                "MIN taken for MAX",
                c -> c.getAggregation().getKind() == SqlKind.MIN ? with(c, SqlStdOperatorTable.MAX) : c);
        calls(
                "MAX taken for MIN",
                c -> c.getAggregation().getKind() == SqlKind.MAX ? with(c, SqlStdOperatorTable.MIN) : c);
    }

    private void rows() {
        value("trailing blanks cut", TypeKind.VARCHAR, v -> v.toString().stripTrailing());
        value("surrogates lost", TypeKind.VARCHAR, v -> v.toString().replaceAll("[^\\x{0}-\\x{FFFF}]", "?"));
        value("empty text read as NULL", TypeKind.VARCHAR, v -> v.toString().isEmpty() ? null : v);
        value("BIGINT read through a double", TypeKind.BIGINT, v -> (long) ((Long) v).doubleValue());
        value(
                "DECIMAL rounded to a digit",
                TypeKind.DECIMAL,
                v -> ((BigDecimal) v).setScale(1, RoundingMode.HALF_EVEN));
        value("DOUBLE read through a float", TypeKind.DOUBLE, v -> (double) ((Double) v).floatValue());
        value("TIMESTAMP cut to seconds", TypeKind.TIMESTAMP, v -> Math.floorDiv((Long) v, 1000L) * 1000);
        value("TIMESTAMP in another zone", TypeKind.TIMESTAMP, v -> (Long) v + 3_600_000);
        value("DATE before 1970 a day late", TypeKind.DATE, v -> (Long) v < 0 ? (Long) v + 1 : v);
        faults.put("the last row lost", (RowFault)
                (types, rows) -> rows.size() > 1 ? rows.subList(0, rows.size() - 1) : rows);
        faults.put("equal rows read once", (RowFault)
                (types, rows) -> rows.stream().distinct().toList());
    }

    private void swap(String name, SqlKind kind, SqlOperator other) {
        call(
                name,
                kind,
                (b, c) -> c.getOperands().size() <= 2 ? b.makeCall(c.getType(), other, c.getOperands()) : null);
    }

    private void constant(String name, SqlKind kind, boolean value) {
        call(name, kind, (b, c) -> b.makeLiteral(value));
    }

    private void call(String name, SqlKind kind, FragmentFault.OfCall change) {
        faults.put(name, FragmentFault.call(kind, change));
    }

    private void named(String name, String operator, FragmentFault.OfCall change) {
        faults.put(
                name,
                FragmentFault.call((b, c) -> c.getOperator().getName().equals(operator) ? change.changed(b, c) : null));
    }

    private void text(String name, UnaryOperator<String> change) {
        faults.put(name, FragmentFault.literal((b, l) -> {
            NlsString text = SqlTypeUtil.inCharFamily(l.getType()) ? l.getValueAs(NlsString.class) : null;
            return text == null || change.apply(text.getValue()).equals(text.getValue())
                    ? null
                    : b.makeLiteral(change.apply(text.getValue()), l.getType(), true);
        }));
    }

    private <T extends RelNode> void on(String name, Class<T> kind, Function<T, @Nullable RelNode> change) {
        faults.put(name, FragmentFault.operator(node -> kind.isInstance(node) ? change.apply(kind.cast(node)) : null));
    }

    private void calls(String name, UnaryOperator<AggregateCall> change) {
        on(name, Aggregate.class, a -> {
            List<AggregateCall> changed =
                    a.getAggCallList().stream().map(change).toList();
            return a.copy(a.getTraitSet(), a.getInput(), a.getGroupSet(), a.getGroupSets(), changed);
        });
    }

    private void value(String name, TypeKind kind, Function<Object, @Nullable Object> change) {
        faults.put(name, RowFault.value((type, v) -> type.kind() == kind ? change.apply(v) : v));
    }

    private static RexNode composed(RexBuilder b, RexCall c, int parts) {
        List<RexNode> kept = c.getOperands().subList(0, parts);
        return c.getKind() == SqlKind.AND ? RexUtil.composeConjunction(b, kept) : RexUtil.composeDisjunction(b, kept);
    }

    private static <T> List<T> tail(List<T> all) {
        return all.subList(1, all.size());
    }

    private static @Nullable RexNode pattern(RexBuilder b, RexCall like, UnaryOperator<String> change) {
        if (!(like.getOperands().get(1) instanceof RexLiteral literal)) {
            return null;
        }
        String pattern = literal.getValueAs(String.class);
        if (pattern == null || change.apply(pattern).equals(pattern)) {
            return null;
        }
        List<RexNode> operands = new ArrayList<>(like.getOperands());
        operands.set(1, text(b, change.apply(pattern)));
        return like.clone(like.getType(), operands);
    }

    /** A constant of the type that its length asks for. */
    private static RexNode text(RexBuilder b, String text) {
        RelDataTypeFactory types = b.getTypeFactory();
        RelDataType type = types.createTypeWithCharsetAndCollation(
                types.createSqlType(SqlTypeName.VARCHAR, Math.max(1, text.length())),
                types.getDefaultCharset(),
                SqlCollation.IMPLICIT);
        return b.makeLiteral(text, type, true);
    }

    private static RexNode turned(RexCall c) {
        List<RexNode> turned = new ArrayList<>(c.getOperands());
        Collections.reverse(turned);
        return c.clone(c.getType(), turned);
    }

    private static RexNode first(RexBuilder b, RexCall c) {
        return c.getOperands().get(0);
    }

    private static @Nullable RexNode withoutElse(RexBuilder b, RexCall c) {
        List<RexNode> operands = new ArrayList<>(c.getOperands());
        operands.set(operands.size() - 1, b.makeNullLiteral(c.getType()));
        return c.clone(c.getType(), operands);
    }

    private static RexNode fromZero(RexBuilder b, RexCall c) {
        List<RexNode> operands = new ArrayList<>(c.getOperands());
        RexNode start = operands.get(1);
        if (start instanceof RexLiteral literal) {
            operands.set(1, b.makeExactLiteral(exact(literal).subtract(BigDecimal.ONE), literal.getType()));
        }
        return c.clone(c.getType(), operands);
    }

    private static RexNode oneMore(RexBuilder b, RexCall c) {
        return b.makeCall(
                c.getType(), SqlStdOperatorTable.PLUS, List.of(c, b.makeExactLiteral(BigDecimal.ONE, c.getType())));
    }

    private static BigDecimal exact(RexLiteral literal) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        return value == null ? BigDecimal.ZERO : value;
    }

    private static @Nullable RelNode limited(Sort s, int more, int later) {
        if (s.fetch == null && more != 0 || !(s.fetch == null || s.fetch instanceof RexLiteral)) {
            return null;
        }
        RexBuilder b = s.getCluster().getRexBuilder();
        return s.copy(
                s.getTraitSet(), s.getInput(), s.getCollation(), added(b, s.offset, later), added(b, s.fetch, more));
    }

    private static @Nullable RexNode added(RexBuilder b, @Nullable RexNode bound, int more) {
        return bound instanceof RexLiteral literal && more != 0
                ? b.makeExactLiteral(
                        exact(literal).add(BigDecimal.valueOf(more)).max(BigDecimal.ZERO), literal.getType())
                : bound;
    }

    private static RelNode resorted(Sort s, UnaryOperator<RelFieldCollation> change) {
        List<RelFieldCollation> keys =
                s.getCollation().getFieldCollations().stream().map(change).toList();
        RelCollation order = RelCollations.of(keys);
        return s.copy(s.getTraitSet().replace(order), s.getInput(), order, s.offset, s.fetch);
    }

    private static RelFieldCollation otherNulls(RelFieldCollation key) {
        boolean first = key.nullDirection == NullDirection.FIRST
                || key.nullDirection == NullDirection.UNSPECIFIED && key.direction.isDescending();
        return new RelFieldCollation(
                key.getFieldIndex(), key.direction, first ? NullDirection.LAST : NullDirection.FIRST);
    }

    private static RelFieldCollation otherWay(RelFieldCollation key) {
        return new RelFieldCollation(
                key.getFieldIndex(),
                key.direction.isDescending() ? Direction.ASCENDING : Direction.DESCENDING,
                key.nullDirection);
    }

    private static @Nullable RelNode joined(Join j, JoinRelType from, JoinRelType to) {
        return j.getJoinType() == from
                ? j.copy(j.getTraitSet(), j.getCondition(), j.getLeft(), j.getRight(), to, false)
                : null;
    }

    private static @Nullable RelNode looser(Join j) {
        List<RexNode> parts = RelOptUtil.conjunctions(j.getCondition());
        return parts.size() < 2
                ? null
                : j.copy(
                        j.getTraitSet(),
                        RexUtil.composeConjunction(j.getCluster().getRexBuilder(), tail(parts)),
                        j.getLeft(),
                        j.getRight(),
                        j.getJoinType(),
                        false);
    }

    /** The sums made 0 above the aggregate: as a call, SUM0 has another type. */
    private static @Nullable RelNode zeroOfNothing(Aggregate aggregate) {
        RexBuilder b = aggregate.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < aggregate.getRowType().getFieldCount(); i++) {
            RexNode column = b.makeInputRef(aggregate, i);
            int call = i - aggregate.getGroupCount();
            boolean sum = call >= 0
                    && aggregate.getAggCallList().get(call).getAggregation().getKind() == SqlKind.SUM;
            any |= sum;
            columns.add(
                    sum
                            ? b.makeCall(
                                    column.getType(),
                                    SqlStdOperatorTable.CASE,
                                    List.of(
                                            b.makeCall(SqlStdOperatorTable.IS_NOT_NULL, column),
                                            column,
                                            b.makeZeroLiteral(column.getType())))
                            : column);
        }
        return any
                ? LogicalProject.create(
                        aggregate, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of())
                : null;
    }

    private static AggregateCall with(AggregateCall c, SqlAggFunction function) {
        return AggregateCall.create(
                c.getParserPosition(),
                function,
                c.isDistinct(),
                c.isApproximate(),
                c.ignoreNulls(),
                c.rexList,
                c.getArgList(),
                c.filterArg,
                c.distinctKeys,
                c.collation,
                c.getType(),
                c.getName());
    }
}
