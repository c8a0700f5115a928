package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LESS_THAN;

import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Functions of text, numbers and times over every oddity of the fixture. Stateless. */
final class FunctionCases {
    private static final String FAMILY = "function";
    private static final SqlFunction DAYS_BETWEEN = SqlBasicFunction.create(
            "DAYS_BETWEEN", ReturnTypes.INTEGER_NULLABLE, OperandTypes.VARIADIC, SqlFunctionCategory.TIMEDATE);
    private static final SqlFunction ADD_DAYS = SqlBasicFunction.create(
            "ADD_DAYS", ReturnTypes.DATE_NULLABLE, OperandTypes.VARIADIC, SqlFunctionCategory.TIMEDATE);
    private static final SqlFunction OCTET_LENGTH = SqlBasicFunction.create(
            "OCTET_LENGTH", ReturnTypes.INTEGER_NULLABLE, OperandTypes.VARIADIC, SqlFunctionCategory.STRING);
    private static final SqlFunction ASCII = SqlBasicFunction.create(
            "ASCII", ReturnTypes.INTEGER_NULLABLE, OperandTypes.VARIADIC, SqlFunctionCategory.STRING);
    private static final SqlFunction SPLIT_PART = text("SPLIT_PART");
    private static final SqlFunction TO_CHAR = text("TO_CHAR");
    private static final SqlFunction LPAD = text("LPAD");
    private static final SqlFunction RPAD = text("RPAD");
    private static final SqlFunction CONCAT_WS = text("CONCAT_WS");
    private static final SqlFunction TRUNC = SqlBasicFunction.create(
            "TRUNC", ReturnTypes.ARG0_NULLABLE, OperandTypes.VARIADIC, SqlFunctionCategory.NUMERIC);

    private FunctionCases() {}

    private static SqlFunction text(String name) {
        return SqlBasicFunction.create(
                name, ReturnTypes.VARCHAR_NULLABLE, OperandTypes.VARIADIC, SqlFunctionCategory.STRING);
    }

    static List<ContractCase> of(ContractWorld world) {
        List<ContractCase> cases = new ArrayList<>();
        texts(cases);
        numbers(cases);
        times(cases);
        boolean clocks = world.fixture(Fixture.KINDS).columns().stream()
                .anyMatch(c -> c.name().equals("tm"));
        if (clocks) {
            cases.add(part(TimeUnitRange.HOUR, "tm", DataType.BIGINT));
            cases.add(part(TimeUnitRange.MINUTE, "tm", DataType.BIGINT));
        }
        return cases;
    }

    private static void texts(List<ContractCase> cases) {
        for (int count : new int[] {0, 1, 3, -1, -2}) {
            for (SqlOperator side : List.of(SqlLibraryOperators.LEFT, SqlLibraryOperators.RIGHT)) {
                cases.add(kinds(side.getName() + "(t, " + count + ")", b -> call(b, side, b.field("t"), count)));
            }
        }
        for (int length : new int[] {-1, 0, 1, 4, 20}) {
            cases.add(kinds("LPAD(t, " + length + ")", b -> call(b, LPAD, b.field("t"), length)));
            cases.add(kinds("RPAD(t, " + length + ")", b -> call(b, RPAD, b.field("t"), length)));
            cases.add(kinds(
                    "LPAD(t, " + length + ", fill)",
                    b -> b.call(LPAD, b.field("t"), b.integer(length), b.text("xy\uD83D\uDE00"))));
            cases.add(kinds(
                    "RPAD(t, " + length + ", nothing)",
                    b -> b.call(RPAD, b.field("t"), b.integer(length), b.text(""))));
        }
        cases.add(kinds("REVERSE(t)", b -> b.call(SqlLibraryOperators.REVERSE, b.field("t"))));
        cases.add(kinds(
                "TRANSLATE(t, ..)",
                b -> b.call(
                        SqlLibraryOperators.TRANSLATE3, b.field("t"), b.text("ae\uD83D\uDE00 A"), b.text("xy\u00fc"))));
        for (int field : new int[] {1, 2, 5}) {
            cases.add(kinds(
                    "SPLIT_PART(t, ' ', " + field + ")",
                    b -> b.call(SPLIT_PART, b.field("t"), b.text(" "), b.integer(field))));
        }
        cases.add(kinds("SPLIT_PART(t, '', 1)", b -> b.call(SPLIT_PART, b.field("t"), b.text(""), b.integer(1))));
        cases.add(kinds("ASCII(t)", b -> b.call(ASCII, b.field("t"))));
        for (String prefix : List.of("", "a", "\uD83D\uDE00", "it's")) {
            cases.add(kinds(
                    "STARTS_WITH(t, '" + prefix + "')",
                    b -> b.call(SqlLibraryOperators.STARTS_WITH, b.field("t"), b.text(prefix))));
        }
        cases.add(kinds("OCTET_LENGTH(t)", b -> b.call(OCTET_LENGTH, b.field("t"))));
        cases.add(kinds("MD5(t)", b -> b.call(SqlLibraryOperators.MD5, b.field("t"))));
        cases.add(kinds(
                "CONCAT_WS('-', t, 'z', t)",
                b -> b.call(CONCAT_WS, b.text("-"), b.field("t"), b.text("z"), b.field("t"))));
        cases.add(kinds(
                "OVERLAY(t PLACING 'zz' FROM 2)",
                b -> b.call(SqlStdOperatorTable.OVERLAY, b.field("t"), b.text("zz"), b.integer(2))));
        cases.add(kinds(
                "OVERLAY(t PLACING 'z' FROM 1 FOR 3)",
                b -> b.call(SqlStdOperatorTable.OVERLAY, b.field("t"), b.text("z"), b.integer(1), b.integer(3))));
        for (SqlOperator operator : List.of(SqlStdOperatorTable.UPPER, SqlStdOperatorTable.LOWER)) {
            cases.add(kinds(operator.getName() + "(t)", b -> b.call(operator, b.field("t"))));
        }
        for (SqlOperator operator : List.of(SqlLibraryOperators.GREATEST, SqlLibraryOperators.LEAST)) {
            cases.add(kinds(operator.getName() + "(t, 'b')", b -> b.call(operator, b.field("t"), b.text("b"))));
        }
    }

    private static void numbers(List<ContractCase> cases) {
        for (SqlOperator operator : List.of(SqlLibraryOperators.GREATEST, SqlLibraryOperators.LEAST)) {
            cases.add(kinds(operator.getName() + "(i, 7)", b -> b.call(operator, b.field("i"), b.integer(7))));
            cases.add(kinds(operator.getName() + "(d, w)", b -> b.call(operator, b.field("d"), b.field("d"))));
            cases.add(kinds(operator.getName() + "(f, f)", b -> b.call(operator, b.field("f"), b.field("f"))));
            cases.add(kinds(operator.getName() + "(dt, dt)", b -> b.call(operator, b.field("dt"), b.field("dt"))));
            cases.add(kinds(operator.getName() + "(ts, ts)", b -> b.call(operator, b.field("ts"), b.field("ts"))));
        }
        for (String column : List.of("s", "i", "l", "d", "f")) {
            cases.add(small("SIGN(" + column + ")", b -> b.call(SqlStdOperatorTable.SIGN, b.field(column))));
            cases.add(small("ABS(" + column + ")", b -> b.call(SqlStdOperatorTable.ABS, b.field(column))));
            cases.add(small("FLOOR(" + column + ")", b -> b.call(SqlStdOperatorTable.FLOOR, b.field(column))));
            cases.add(small("CEIL(" + column + ")", b -> b.call(SqlStdOperatorTable.CEIL, b.field(column))));
            cases.add(small("ROUND(" + column + ")", b -> rounded(b, SqlStdOperatorTable.ROUND, column)));
            cases.add(small("TRUNC(" + column + ")", b -> rounded(b, TRUNC, column)));
        }
        for (int digits : new int[] {0, 1, 4, -1}) {
            for (SqlOperator operator : List.of(SqlStdOperatorTable.ROUND, TRUNC)) {
                cases.add(small(operator.getName() + "(d, " + digits + ")", b -> rounded(b, operator, "d", digits)));
                cases.add(small(operator.getName() + "(i, " + digits + ")", b -> rounded(b, operator, "i", digits)));
            }
        }
        for (String column : List.of("s", "i", "l")) {
            cases.add(kinds(
                    "SIGN(" + column + ") with extremes", b -> b.call(SqlStdOperatorTable.SIGN, b.field(column))));
        }
        for (SqlOperator operator : List.of(SqlStdOperatorTable.ROUND, TRUNC)) {
            cases.add(kinds(operator.getName() + "(i, 0) with extremes", b -> rounded(b, operator, "i", 0)));
            cases.add(kinds(operator.getName() + "(f) with extremes", b -> rounded(b, operator, "f")));
        }
        cases.add(kinds("MOD(l, 7) with extremes", b -> b.call(SqlStdOperatorTable.MOD, b.field("l"), b.integer(7))));
        cases.add(small("MOD(d, 0.30)", b -> b.call(SqlStdOperatorTable.MOD, b.field("d"), b.decimal("0.30"))));
        cases.add(small("MOD(i, 7)", b -> b.call(SqlStdOperatorTable.MOD, b.field("i"), b.integer(7))));
        cases.add(small("MOD(i, 0)", b -> b.call(SqlStdOperatorTable.MOD, b.field("i"), b.integer(0))));
    }

    private static RexNode rounded(CaseBuilder b, SqlOperator operator, String column) {
        RexNode value = b.field(column);
        return b.typed(operator, value.getType(), value);
    }

    private static RexNode rounded(CaseBuilder b, SqlOperator operator, String column, int digits) {
        RexNode value = b.field(column);
        return b.typed(operator, b.type(DataType.decimal(38, Math.max(0, digits)), true), value, b.integer(digits));
    }

    private static void times(List<ContractCase> cases) {
        cases.add(kinds(
                "dt - DATE '2000-01-01'", b -> b.call(DAYS_BETWEEN, b.field("dt"), b.literal(DataType.DATE, 10_957L))));
        cases.add(kinds("dt + 0", b -> call(b, ADD_DAYS, b.field("dt"), 0)));
        for (int days : new int[] {1, -1, 30}) {
            // A day too far is found when it is read.
            cases.add(later("dt + " + days, b -> call(b, ADD_DAYS, b.field("dt"), days)));
        }
        for (String format : List.of("YYYY-MM", "YYYY-MM-DD HH24:MI:SS", "DD/MM/YYYY", "YYYY", "Month YYYY")) {
            cases.add(kinds("TO_CHAR(ts, '" + format + "')", b -> b.call(TO_CHAR, b.field("ts"), b.text(format))));
        }
        for (TimeUnitRange unit : List.of(
                TimeUnitRange.ISOYEAR,
                TimeUnitRange.WEEK,
                TimeUnitRange.DOW,
                TimeUnitRange.ISODOW,
                TimeUnitRange.DOY,
                TimeUnitRange.DECADE,
                TimeUnitRange.CENTURY,
                TimeUnitRange.MILLENNIUM)) {
            cases.add(part(unit, "dt", DataType.BIGINT));
            cases.add(part(unit, "ts", DataType.BIGINT));
        }
        cases.add(part(TimeUnitRange.SECOND, "ts", DataType.decimal(5, 3)));
        cases.add(part(TimeUnitRange.MILLISECOND, "ts", DataType.decimal(8, 3)));
        cases.add(part(TimeUnitRange.MICROSECOND, "ts", DataType.BIGINT));
        cases.add(part(TimeUnitRange.EPOCH, "ts", DataType.decimal(17, 3)));
        cases.add(part(TimeUnitRange.EPOCH, "dt", DataType.decimal(17, 3)));
        cases.add(part(TimeUnitRange.EPOCH, "tz", DataType.decimal(17, 3)));
        cases.add(kinds("FLOOR(dt TO YEAR) with extremes", b -> floor(b, "dt", TimeUnitRange.YEAR)));
        cases.add(kinds("FLOOR(ts TO MONTH) with extremes", b -> floor(b, "ts", TimeUnitRange.MONTH)));
        for (TimeUnitRange unit : List.of(
                TimeUnitRange.YEAR,
                TimeUnitRange.QUARTER,
                TimeUnitRange.MONTH,
                TimeUnitRange.WEEK,
                TimeUnitRange.DAY,
                TimeUnitRange.CENTURY,
                TimeUnitRange.MILLENNIUM)) {
            // The week of the first of January in year 1 begins in the year before.
            cases.add(later("FLOOR(dt TO " + unit + ")", b -> floor(b, "dt", unit)));
            cases.add(later("FLOOR(ts TO " + unit + ")", b -> floor(b, "ts", unit)));
        }
        for (TimeUnitRange unit : List.of(TimeUnitRange.HOUR, TimeUnitRange.MINUTE, TimeUnitRange.SECOND)) {
            cases.add(kinds("FLOOR(ts TO " + unit + ")", b -> floor(b, "ts", unit)));
        }
    }

    private static ContractCase part(TimeUnitRange unit, String column, DataType type) {
        return kinds("EXTRACT(" + unit + " FROM " + column + ")", b -> {
            RexNode value = b.field(column);
            return b.typed(
                    SqlStdOperatorTable.EXTRACT,
                    b.type(type, true),
                    b.rel().getRexBuilder().makeFlag(unit),
                    value);
        });
    }

    private static RexNode floor(CaseBuilder b, String column, TimeUnitRange unit) {
        RexNode value = b.field(column);
        return b.typed(
                SqlStdOperatorTable.FLOOR,
                value.getType(),
                value,
                b.rel().getRexBuilder().makeFlag(unit));
    }

    private static RexNode call(CaseBuilder b, SqlOperator operator, RexNode value, int number) {
        return b.call(operator, value, b.integer(number));
    }

    private static ContractCase kinds(String name, Function<CaseBuilder, RexNode> expression) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.KINDS);
            return projected(b, expression);
        });
    }

    /** Without the extremes, which do not fit every result. */
    private static ContractCase small(String name, Function<CaseBuilder, RexNode> expression) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.KINDS);
            b.rel().filter(b.call(LESS_THAN, b.field("id"), b.integer(14)));
            return projected(b, expression);
        });
    }

    private static ContractCase later(String name, Function<CaseBuilder, RexNode> expression) {
        return new ContractCase(FAMILY, name, b -> {
            b.scan(Fixture.KINDS);
            b.rel().filter(b.call(LESS_THAN, b.literal(DataType.DATE, -700_000L), b.field("dt")));
            b.rel().filter(b.call(LESS_THAN, b.field("dt"), b.literal(DataType.DATE, 2_900_000L)));
            return projected(b, expression);
        });
    }

    private static RelNode projected(CaseBuilder b, Function<CaseBuilder, RexNode> expression) {
        return b.rel()
                .project(List.of(b.field("id"), expression.apply(b)), List.of("id", "v"))
                .build();
    }
}
