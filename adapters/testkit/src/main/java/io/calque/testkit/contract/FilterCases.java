package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_DISTINCT_FROM;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_FALSE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NOT_FALSE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NOT_NULL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NOT_TRUE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NULL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_TRUE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LESS_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.MINUS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.MULTIPLY;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.NOT_EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.PLUS;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/** Conditions: every comparison on every type, sets and ranges, and three-valued logic. Stateless. */
final class FilterCases {
    private static final String FAMILY = "filter";
    private static final List<SqlOperator> COMPARISONS =
            List.of(EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL);
    /** Rows of the fixture whose values serve as literals: an ordinary one, an odd one, the extremes. */
    private static final List<Integer> PROBES = List.of(0, 2, 3, 5, 13, 14);

    private FilterCases() {}

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        for (FixtureTable.Column column : world.fixture(Fixture.KINDS).columns()) {
            List<@Nullable Object> values = values(world, column.name());
            comparisons(cases, world.column(Fixture.KINDS, column.name()).type(), column.name(), values);
        }
        logic(cases);
        return cases;
    }

    static List<@Nullable Object> values(ContractWorld world, String column) {
        FixtureTable table = world.fixture(Fixture.KINDS);
        int index =
                table.columns().stream().map(FixtureTable.Column::name).toList().indexOf(column);
        DataType type = world.column(Fixture.KINDS, column).type();
        return table.rows().stream()
                .map(row -> EngineValues.of(row.get(index), type))
                .toList();
    }

    private static void comparisons(
            List<ContractCase> cases, DataType type, String column, List<@Nullable Object> values) {
        List<@Nullable Object> probes =
                PROBES.stream().map(values::get).distinct().toList();
        for (Object probe : type.kind() == TypeKind.BOOLEAN ? probes.subList(0, 1) : probes) {
            for (SqlOperator operator : COMPARISONS) {
                cases.add(where(
                        column + " " + operator.getName() + " " + shown(probe),
                        column,
                        b -> b.call(operator, b.field(column), b.literal(type, probe))));
            }
        }
        Object some = values.get(0);
        Object other = values.get(4);
        cases.add(where(column + " IS NULL", column, b -> b.call(IS_NULL, b.field(column))));
        cases.add(where(column + " IS NOT NULL", column, b -> b.call(IS_NOT_NULL, b.field(column))));
        cases.add(where(
                column + " IS DISTINCT FROM " + shown(some),
                column,
                b -> b.call(IS_DISTINCT_FROM, b.field(column), b.literal(type, some))));
        cases.add(where(
                column + " IS NOT DISTINCT FROM " + shown(some),
                column,
                b -> b.call(IS_NOT_DISTINCT_FROM, b.field(column), b.literal(type, some))));
        cases.add(where(
                column + " IS NOT DISTINCT FROM itself",
                column,
                b -> b.call(IS_NOT_DISTINCT_FROM, b.field(column), b.field(column))));
        cases.add(where(
                shown(some) + " = " + column, column, b -> b.call(EQUALS, b.literal(type, some), b.field(column))));
        cases.add(where(column + " = NULL", column, b -> b.call(EQUALS, b.field(column), b.literal(type, null))));
        if (type.kind() == TypeKind.BOOLEAN || type.kind() == TypeKind.VARBINARY) {
            return;
        }
        cases.add(where(
                column + " IN (two)",
                column,
                b -> b.rel().in(b.field(column), b.literal(type, some), b.literal(type, other))));
        cases.add(where(
                column + " NOT IN (two)",
                column,
                b -> b.not(b.rel().in(b.field(column), b.literal(type, some), b.literal(type, other)))));
        cases.add(where(
                column + " IN (two) OR NULL",
                column,
                b -> b.or(
                        b.rel().in(b.field(column), b.literal(type, some), b.literal(type, other)),
                        b.call(IS_NULL, b.field(column)))));
        cases.add(where(
                column + " = a OR = b",
                column,
                b -> b.or(
                        b.call(EQUALS, b.field(column), b.literal(type, some)),
                        b.call(EQUALS, b.field(column), b.literal(type, other)))));
        cases.add(where(
                column + " >= AND <=",
                column,
                b -> b.and(
                        b.call(GREATER_THAN_OR_EQUAL, b.field(column), b.literal(type, some)),
                        b.call(LESS_THAN_OR_EQUAL, b.field(column), b.literal(type, other)))));
        cases.add(where(
                column + " BETWEEN extremes",
                column,
                b -> b.rel()
                        .between(b.field(column), b.literal(type, values.get(13)), b.literal(type, values.get(14)))));
        cases.add(where(
                "NOT " + column + " > " + shown(some),
                column,
                b -> b.not(b.call(GREATER_THAN, b.field(column), b.literal(type, some)))));
    }

    private static void logic(List<ContractCase> cases) {
        Function<CaseBuilder, RexNode> positive = b -> b.call(GREATER_THAN, b.field("i"), b.integer(0));
        Function<CaseBuilder, RexNode> letter = b -> b.call(EQUALS, b.field("t"), b.text("a"));
        String[] columns = {"i", "t", "b", "l", "d", "f", "s", "dt", "ts"};
        cases.add(
                new ContractCase(FAMILY, "TRUE", b -> where(b, columns, b.rel().literal(true))));
        cases.add(
                new ContractCase(FAMILY, "FALSE", b -> where(b, columns, b.rel().literal(false))));
        cases.add(new ContractCase(FAMILY, "NULL", b -> where(b, columns, b.literal(DataType.BOOLEAN, null))));
        cases.add(of("b", columns, b -> b.field("b")));
        cases.add(of("NOT b", columns, b -> b.not(b.field("b"))));
        for (SqlOperator truth : List.of(IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_NULL, IS_NOT_NULL)) {
            cases.add(of("b " + truth.getName(), columns, b -> b.call(truth, b.field("b"))));
            cases.add(of("(i > 0) " + truth.getName(), columns, b -> b.call(truth, positive.apply(b))));
        }
        cases.add(of("i > 0 AND t = 'a'", columns, b -> b.and(positive.apply(b), letter.apply(b))));
        cases.add(of(
                "i = 7 AND t = 'A'",
                columns,
                b -> b.and(
                        b.call(EQUALS, b.field("i"), b.literal(DataType.INTEGER, 7L)),
                        b.call(EQUALS, b.field("t"), b.text("A")))));
        cases.add(of("i > 0 OR t = 'a'", columns, b -> b.or(positive.apply(b), letter.apply(b))));
        cases.add(of("NOT (i > 0 AND t = 'a')", columns, b -> b.not(b.and(positive.apply(b), letter.apply(b)))));
        cases.add(of("NOT (i > 0 OR t = 'a')", columns, b -> b.not(b.or(positive.apply(b), letter.apply(b)))));
        cases.add(of(
                "NOT (i > 0 OR b) AND t <> 'a'",
                columns,
                b -> b.and(
                        b.not(b.or(positive.apply(b), b.field("b"))), b.call(NOT_EQUALS, b.field("t"), b.text("a")))));
        cases.add(of("NOT NOT i > 0", columns, b -> b.not(b.not(positive.apply(b)))));
        cases.add(of(
                "i <> 1 AND i <> 7",
                columns,
                b -> b.and(
                        b.call(NOT_EQUALS, b.field("i"), b.integer(1)),
                        b.call(NOT_EQUALS, b.field("i"), b.integer(7)))));
        cases.add(of(
                "i > 0 AND i < 10 AND d < 5.5",
                columns,
                b -> b.and(
                        positive.apply(b),
                        b.call(LESS_THAN, b.field("i"), b.integer(10)),
                        b.call(LESS_THAN, b.field("d"), b.decimal("5.5")))));
        cases.add(of("s = i", columns, b -> b.call(EQUALS, b.field("s"), b.field("i"))));
        cases.add(of("i < l", columns, b -> b.call(LESS_THAN, b.field("i"), b.field("l"))));
        cases.add(of("d < f", columns, b -> b.call(LESS_THAN, b.cast(b.field("d"), DataType.DOUBLE), b.field("f"))));
        cases.add(of("i = f", columns, b -> b.call(EQUALS, b.cast(b.field("i"), DataType.DOUBLE), b.field("f"))));
        cases.add(of("d = 7.770", columns, b -> b.call(EQUALS, b.field("d"), b.decimal("7.770"))));
        cases.add(of("d > 7.765", columns, b -> b.call(GREATER_THAN, b.field("d"), b.decimal("7.765"))));
        cases.add(of("i > 6.5", columns, b -> b.call(GREATER_THAN, b.field("i"), b.decimal("6.5"))));
        cases.add(of(
                "l = 3000000000 + 1",
                columns,
                b -> b.call(LESS_THAN, b.field("i"), b.literal(DataType.BIGINT, 3_000_000_001L))));
        cases.add(of(
                "ts >= day of dt",
                columns,
                b -> b.call(GREATER_THAN_OR_EQUAL, b.field("ts"), b.cast(b.field("dt"), DataType.TIMESTAMP))));
        cases.add(new ContractCase(
                FAMILY,
                "i + 1 > 8, i small",
                b -> b.ordinaryKinds("i")
                        .filter(b.call(GREATER_THAN, b.call(PLUS, b.field("i"), b.integer(1)), b.integer(8)))
                        .project(b.field("id"))
                        .build()));
        cases.add(new ContractCase(
                FAMILY,
                "i * 2 - id = id, i small",
                b -> b.ordinaryKinds("i")
                        .filter(b.call(
                                EQUALS,
                                b.call(MINUS, b.call(MULTIPLY, b.field("i"), b.integer(2)), b.field("id")),
                                b.field("id")))
                        .project(b.field("id"))
                        .build()));
        cases.add(new ContractCase(
                FAMILY,
                "vacant: id = 1",
                b -> b.scan(Fixture.VACANT)
                        .filter(b.call(EQUALS, b.field("id"), b.integer(1)))
                        .build()));
        cases.add(new ContractCase(
                FAMILY,
                "twins keep their number",
                b -> b.scan(Fixture.TWINS)
                        .filter(b.call(EQUALS, b.field("v"), b.text("a")))
                        .build()));
        cases.add(new ContractCase(
                FAMILY,
                "one after another",
                b -> b.scan(Fixture.PEOPLE)
                        .filter(b.call(GREATER_THAN, b.field("id"), b.integer(1)))
                        .filter(b.call(LESS_THAN, b.field("id"), b.integer(5)))
                        .build()));
    }

    private static ContractCase where(String name, String column, Function<CaseBuilder, RexNode> condition) {
        return of(name, column.equals("id") ? new String[] {} : new String[] {column}, condition);
    }

    private static ContractCase of(String name, String[] columns, Function<CaseBuilder, RexNode> condition) {
        return new ContractCase(FAMILY, name, b -> {
            scanWithId(b, columns);
            return b.idsWhere(condition.apply(b));
        });
    }

    private static org.apache.calcite.rel.RelNode where(CaseBuilder b, String[] columns, RexNode condition) {
        scanWithId(b, columns);
        return b.idsWhere(condition);
    }

    private static void scanWithId(CaseBuilder b, String... columns) {
        List<String> all = new ArrayList<>(List.of("id"));
        all.addAll(List.of(columns));
        b.scan(Fixture.KINDS, all.toArray(String[]::new));
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "x'" + java.util.HexFormat.of().formatHex(bytes) + "'";
        }
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }
}
