package io.calque.testkit.contract;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.CHARACTER_LENGTH;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.CHAR_LENGTH;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.CONCAT;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LIKE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LOWER;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.NOT_LIKE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.POSITION;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.REPLACE;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.SUBSTRING;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.TRIM;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.UPPER;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Patterns and functions of text, over values with blanks, accents, escapes and characters beyond the BMP. Stateless. */
final class TextCases {
    private static final List<String> PATTERNS = List.of(
            "a",
            "a%",
            "A%",
            "%a",
            "%a%",
            "_",
            "__",
            "a_",
            "a_b%",
            "a\\_b%",
            "%100\\%",
            "%\\\\c",
            "%",
            "",
            "%\uD83D\uDE00%",
            "%lines%tab",
            "it's%",
            "$t",
            "{%}",
            "(%",
            "%.%",
            "[a-z]%",
            "%t",
            "\u00e9");

    private TextCases() {}

    static List<ContractCase> of() {
        List<ContractCase> cases = new ArrayList<>();
        for (String pattern : PATTERNS) {
            cases.add(where("t LIKE '" + pattern + "'", b -> b.call(LIKE, b.field("t"), b.text(pattern))));
            cases.add(where(
                    "t LIKE '" + pattern + "' ESCAPE '\\'",
                    b -> b.call(LIKE, b.field("t"), b.text(pattern), b.text("\\"))));
        }
        cases.add(where("t NOT LIKE '%a%'", b -> b.not(b.call(LIKE, b.field("t"), b.text("%a%")))));
        cases.add(where("t NOT LIKE 'a%', as one operator", b -> b.call(NOT_LIKE, b.field("t"), b.text("a%"))));
        cases.add(where("t LIKE 'a!_b%' ESCAPE '!'", b -> b.call(LIKE, b.field("t"), b.text("a!_b%"), b.text("!"))));
        cases.add(where("t LIKE '%!%' ESCAPE '!'", b -> b.call(LIKE, b.field("t"), b.text("%!%"), b.text("!"))));
        cases.add(where("t LIKE t", b -> b.call(LIKE, b.field("t"), b.field("t"))));
        cases.add(where("UPPER(t) = 'A'", b -> b.call(EQUALS, b.call(UPPER, b.field("t")), b.text("A"))));
        cases.add(where("CHAR_LENGTH(t) = 1", b -> b.call(EQUALS, b.call(CHAR_LENGTH, b.field("t")), b.integer(1))));
        cases.add(function("UPPER(t)", b -> b.call(UPPER, b.field("t"))));
        cases.add(function("LOWER(t)", b -> b.call(LOWER, b.field("t"))));
        cases.add(function("CHAR_LENGTH(t)", b -> b.call(CHAR_LENGTH, b.field("t"))));
        cases.add(function("CHARACTER_LENGTH(t)", b -> b.call(CHARACTER_LENGTH, b.field("t"))));
        cases.add(function("t || '!'", b -> b.call(CONCAT, b.field("t"), b.text("!"))));
        cases.add(function("t || t", b -> b.call(CONCAT, b.field("t"), b.field("t"))));
        cases.add(function("SUBSTRING(t, 1, 2)", b -> b.call(SUBSTRING, b.field("t"), b.integer(1), b.integer(2))));
        cases.add(function("SUBSTRING(t, 2)", b -> b.call(SUBSTRING, b.field("t"), b.integer(2))));
        cases.add(function("SUBSTRING(t, 0, 2)", b -> b.call(SUBSTRING, b.field("t"), b.integer(0), b.integer(2))));
        cases.add(function("SUBSTRING(t, -1, 3)", b -> b.call(SUBSTRING, b.field("t"), b.integer(-1), b.integer(3))));
        cases.add(function("SUBSTRING(t, 3, 0)", b -> b.call(SUBSTRING, b.field("t"), b.integer(3), b.integer(0))));
        cases.add(function("SUBSTRING(t, 1, -1)", b -> b.call(SUBSTRING, b.field("t"), b.integer(1), b.integer(-1))));
        cases.add(function("REPLACE(t, 'a', 'bb')", b -> b.call(REPLACE, b.field("t"), b.text("a"), b.text("bb"))));
        cases.add(function("REPLACE(t, '', 'x')", b -> b.call(REPLACE, b.field("t"), b.text(""), b.text("x"))));
        cases.add(function("POSITION('t' IN t)", b -> b.call(POSITION, b.text("t"), b.field("t"))));
        for (SqlTrimFunction.Flag side : SqlTrimFunction.Flag.values()) {
            cases.add(function(
                    "TRIM(" + side + " ' ' FROM t)",
                    b -> b.call(TRIM, b.rel().getRexBuilder().makeFlag(side), b.text(" "), b.field("t"))));
        }
        return cases;
    }

    private static ContractCase where(String name, Function<CaseBuilder, RexNode> condition) {
        return new ContractCase("text", name, b -> {
            b.scan(Fixture.KINDS, "id", "t");
            return b.idsWhere(condition.apply(b));
        });
    }

    private static ContractCase function(String name, Function<CaseBuilder, RexNode> value) {
        return new ContractCase("text", name, b -> {
            b.scan(Fixture.KINDS, "id", "t");
            return b.rel().project(b.field("id"), value.apply(b)).build();
        });
    }
}
