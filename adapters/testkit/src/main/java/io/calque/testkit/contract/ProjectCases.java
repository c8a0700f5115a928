package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.ABS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.CASE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.CEIL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.COALESCE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.DIVIDE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.DIVIDE_INTEGER;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EXTRACT;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.FLOOR;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NULL;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.MINUS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.MOD;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.MULTIPLY;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.PERCENT_REMAINDER;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.PLUS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.UNARY_MINUS;

import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Projections: choosing columns, literals of every type, arithmetic with its limits, CASE, casts. Stateless. */
final class ProjectCases {
    private static final String FAMILY = "project";

    private ProjectCases() {}

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        columns(cases);
        literals(cases, world);
        arithmetic(cases);
        choices(cases);
        casts(cases);
        units(cases);
        return cases;
    }

    private static void columns(List<ContractCase> cases) {
        cases.add(new ContractCase(FAMILY, "columns in another order, one twice", b -> {
            b.scan(Fixture.PEOPLE);
            return b.rel()
                    .projectNamed(b.fields("name", "id", "name"), List.of("n1", "id", "n2"), true)
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "renamed with odd names", b -> {
            b.scan(Fixture.PEOPLE);
            return b.rel()
                    .projectNamed(b.fields("name", "id", "city"), List.of("a \"b\" c", "$x.y", "ID"), true)
                    .build();
        }));
        cases.add(new ContractCase(FAMILY, "no column at all", b -> {
            b.scan(Fixture.PEOPLE);
            return b.rel().project(List.of(), List.of(), true).build();
        }));
    }

    private static void literals(List<ContractCase> cases, ContractWorld world) {
        for (FixtureTable.Column column : world.fixture(Fixture.KINDS).columns()) {
            DataType type = world.column(Fixture.KINDS, column.name()).type();
            List<@Nullable Object> values = FilterCases.values(world, column.name());
            for (int probe : List.of(0, 14, 15)) {
                cases.add(
                        value("literal of " + type + ", row " + (probe + 1), b -> b.literal(type, values.get(probe))));
            }
        }
        cases.add(value("literal '$t'", b -> b.text("$t")));
        cases.add(value("literal quotes and backslashes", b -> b.text("it's \"q\" \\ \\' ${x}")));
    }

    private static void arithmetic(List<ContractCase> cases) {
        for (String column : List.of("i", "l", "d", "f")) {
            both(cases, column + " + id", b -> b.call(PLUS, b.field(column), b.field("id")));
            both(cases, column + " - id", b -> b.call(MINUS, b.field(column), b.field("id")));
            both(cases, column + " * id", b -> b.call(MULTIPLY, b.field(column), b.field("id")));
            both(cases, column + " / id", b -> b.call(DIVIDE, b.field(column), b.field("id")));
            both(cases, "- " + column, b -> b.call(UNARY_MINUS, b.field(column)));
            both(cases, "ABS(" + column + ")", b -> b.call(ABS, b.field(column)));
            cases.add(failing(column + " / 0", b -> b.call(DIVIDE, b.field(column), b.integer(0))));
        }
        both(cases, "i / 2", b -> b.call(DIVIDE, b.field("i"), b.integer(2)));
        both(cases, "i / -4", b -> b.call(DIVIDE, b.field("i"), b.integer(-4)));
        both(cases, "MOD(i, 4)", b -> b.call(MOD, b.field("i"), b.integer(4)));
        both(cases, "MOD(i, -4)", b -> b.call(MOD, b.field("i"), b.integer(-4)));
        both(cases, "i % 4", b -> b.call(PERCENT_REMAINDER, b.field("i"), b.integer(4)));
        both(cases, "i /INT 4", b -> b.call(DIVIDE_INTEGER, b.field("i"), b.integer(4)));
        both(cases, "d * 1.1", b -> b.call(MULTIPLY, b.field("d"), b.decimal("1.1")));
        both(cases, "d * (1 - d)", b -> b.call(MULTIPLY, b.field("d"), b.call(MINUS, b.integer(1), b.field("d"))));
        both(cases, "d * i + l", b -> b.call(PLUS, b.call(MULTIPLY, b.field("d"), b.field("i")), b.field("l")));
        both(cases, "ABS(d - i)", b -> b.call(ABS, b.call(MINUS, b.field("d"), b.field("i"))));
        both(cases, "d / 3", b -> b.call(DIVIDE, b.field("d"), b.integer(3)));
        both(cases, "d / 0.07", b -> b.call(DIVIDE, b.field("d"), b.decimal("0.07")));
        both(cases, "f * 3", b -> b.call(MULTIPLY, b.field("f"), b.integer(3)));
        both(cases, "FLOOR(f)", b -> b.call(FLOOR, b.field("f")));
        both(cases, "CEIL(f)", b -> b.call(CEIL, b.field("f")));
        both(cases, "FLOOR(d)", b -> b.call(FLOOR, b.field("d")));
        both(cases, "CEIL(d)", b -> b.call(CEIL, b.field("d")));
        cases.add(failing("i + 1 overflows", b -> b.call(PLUS, b.field("i"), b.integer(1))));
        cases.add(failing("l + 1 overflows", b -> b.call(PLUS, b.field("l"), b.integer(1))));
        cases.add(failing("l * 2 overflows", b -> b.call(MULTIPLY, b.field("l"), b.integer(2))));
        cases.add(failing("- i overflows", b -> b.call(UNARY_MINUS, b.field("i"))));
        cases.add(failing("f * 2 overflows", b -> b.call(MULTIPLY, b.field("f"), b.integer(2))));
    }

    private static void choices(List<ContractCase> cases) {
        Function<CaseBuilder, RexNode> positive = b -> b.call(GREATER_THAN, b.field("i"), b.integer(0));
        both(cases, "i > 0", positive);
        both(cases, "NOT i > 0", b -> b.not(positive.apply(b)));
        both(cases, "i > 0 AND b", b -> b.and(positive.apply(b), b.field("b")));
        both(cases, "i > 0 OR b", b -> b.or(positive.apply(b), b.field("b")));
        both(cases, "t IS NULL", b -> b.call(IS_NULL, b.field("t")));
        both(cases, "t = 'a'", b -> b.call(EQUALS, b.field("t"), b.text("a")));
        both(
                cases,
                "CASE WHEN i > 0 THEN 'plus' ELSE 'other' END",
                b -> b.call(CASE, positive.apply(b), b.text("plus"), b.text("other")));
        both(
                cases,
                "CASE WHEN i > 0 THEN t WHEN b THEN 'true' END",
                b -> b.call(
                        CASE,
                        positive.apply(b),
                        b.field("t"),
                        b.field("b"),
                        b.text("true"),
                        b.literal(DataType.VARCHAR, null)));
        both(
                cases,
                "CASE WHEN i > 0 THEN d ELSE 0 END",
                b -> b.call(CASE, positive.apply(b), b.field("d"), b.cast(b.integer(0), DataType.decimal(12, 2))));
        both(cases, "COALESCE(t, 'none')", b -> b.call(COALESCE, b.field("t"), b.text("none")));
        both(
                cases,
                "CASE guards a division",
                b -> b.call(
                        CASE,
                        b.call(EQUALS, b.field("i"), b.integer(0)),
                        b.integer(-1),
                        b.call(DIVIDE, b.integer(100), b.field("i"))));
    }

    private static void casts(List<ContractCase> cases) {
        DataType money = DataType.decimal(10, 1);
        both(cases, "CAST(i AS BIGINT)", b -> b.cast(b.field("i"), DataType.BIGINT));
        both(cases, "CAST(i AS DOUBLE)", b -> b.cast(b.field("i"), DataType.DOUBLE));
        both(cases, "CAST(i AS DECIMAL(12, 2))", b -> b.cast(b.field("i"), DataType.decimal(12, 2)));
        both(cases, "CAST(i AS VARCHAR)", b -> b.cast(b.field("i"), DataType.VARCHAR));
        both(cases, "CAST(l AS INTEGER)", b -> b.cast(b.field("l"), DataType.INTEGER));
        cases.add(failing("CAST(l AS INTEGER) overflows", b -> b.cast(b.field("l"), DataType.INTEGER)));
        cases.add(failing("CAST(i AS SMALLINT) overflows", b -> b.cast(b.field("i"), DataType.SMALLINT)));
        both(cases, "CAST(d AS INTEGER)", b -> b.cast(b.field("d"), DataType.INTEGER));
        both(
                cases,
                "CAST(f AS INTEGER), halves to even",
                b -> b.call(
                        CASE,
                        b.call(GREATER_THAN, b.field("f"), b.literal(DataType.DOUBLE, 1e9)),
                        b.integer(0),
                        b.cast(b.field("f"), DataType.INTEGER)));
        both(cases, "CAST(d AS DECIMAL(10, 1))", b -> b.cast(b.field("d"), money));
        cases.add(failing("CAST(d AS DECIMAL(10, 1)) overflows", b -> b.cast(b.field("d"), money)));
        both(cases, "CAST(d AS DOUBLE)", b -> b.cast(b.field("d"), DataType.DOUBLE));
        both(cases, "CAST(d AS VARCHAR)", b -> b.cast(b.field("d"), DataType.VARCHAR));
        both(cases, "CAST(b AS VARCHAR)", b -> b.cast(b.field("b"), DataType.VARCHAR));
        both(cases, "CAST(b AS INTEGER)", b -> b.cast(b.field("b"), DataType.INTEGER));
        both(cases, "CAST(dt AS TIMESTAMP)", b -> b.cast(b.field("dt"), DataType.TIMESTAMP));
        both(cases, "CAST(ts AS DATE)", b -> b.cast(b.field("ts"), DataType.DATE));
        both(cases, "CAST(dt AS VARCHAR)", b -> b.cast(b.field("dt"), DataType.VARCHAR));
        cases.add(failing("CAST(t AS INTEGER)", b -> b.cast(b.field("t"), DataType.INTEGER)));
        both(cases, "CAST('12' AS INTEGER)", b -> b.cast(b.text("12"), DataType.INTEGER));
    }

    private static void units(List<ContractCase> cases) {
        for (TimeUnitRange unit : List.of(
                TimeUnitRange.YEAR,
                TimeUnitRange.QUARTER,
                TimeUnitRange.MONTH,
                TimeUnitRange.DAY,
                TimeUnitRange.DOY,
                TimeUnitRange.DOW,
                TimeUnitRange.ISODOW,
                TimeUnitRange.WEEK,
                TimeUnitRange.ISOYEAR)) {
            both(
                    cases,
                    "EXTRACT(" + unit + " FROM dt)",
                    b -> b.call(EXTRACT, b.rel().getRexBuilder().makeFlag(unit), b.field("dt")));
        }
        for (TimeUnitRange unit : List.of(
                TimeUnitRange.YEAR, TimeUnitRange.MONTH, TimeUnitRange.DAY, TimeUnitRange.HOUR, TimeUnitRange.MINUTE)) {
            both(
                    cases,
                    "EXTRACT(" + unit + " FROM ts)",
                    b -> b.call(EXTRACT, b.rel().getRexBuilder().makeFlag(unit), b.field("ts")));
        }
        for (TimeUnitRange unit : List.of(TimeUnitRange.YEAR, TimeUnitRange.MONTH)) {
            both(
                    cases,
                    "FLOOR(dt TO " + unit + ")",
                    b -> b.call(FLOOR, b.field("dt"), b.rel().getRexBuilder().makeFlag(unit)));
        }
        for (TimeUnitRange unit : List.of(
                TimeUnitRange.YEAR,
                TimeUnitRange.MONTH,
                TimeUnitRange.WEEK,
                TimeUnitRange.DAY,
                TimeUnitRange.HOUR,
                TimeUnitRange.MINUTE,
                TimeUnitRange.SECOND)) {
            both(
                    cases,
                    "FLOOR(ts TO " + unit + ")",
                    b -> b.call(FLOOR, b.field("ts"), b.rel().getRexBuilder().makeFlag(unit)));
        }
    }

    /** Over all rows too: what cannot be computed is an error, the rest has its value. */
    private static void both(List<ContractCase> cases, String name, Function<CaseBuilder, RexNode> value) {
        cases.add(value(name, value));
        cases.add(failing(name + ", extremes", value));
    }

    /** Over rows without extremes: nothing overflows. */
    private static ContractCase value(String name, Function<CaseBuilder, RexNode> value) {
        return new ContractCase(FAMILY, name, b -> {
            b.ordinaryKinds("b", "i", "l", "d", "f", "t", "dt", "ts");
            return b.rel().project(b.field("id"), value.apply(b)).build();
        });
    }

    /** Over all rows, one of which cannot be computed: an error is right, a wrapped or saturated value is not. */
    private static ContractCase failing(String name, Function<CaseBuilder, RexNode> value) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.KINDS, "id", "b", "i", "l", "d", "f", "t", "dt", "ts");
            return b.rel().project(b.field("id"), value.apply(b)).build();
        });
    }
}
