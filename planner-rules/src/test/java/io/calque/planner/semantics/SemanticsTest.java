package io.calque.planner.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.planner.semantics.StatementRunner.Folding;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs every {@link SemanticsCase}, each at run time and as a constant while planning. */
class SemanticsTest {
    private final StatementRunner atRunTime = new StatementRunner(TimeZone.getTimeZone("Europe/Berlin"), Folding.OFF);
    private final StatementRunner whilePlanning =
            new StatementRunner(TimeZone.getTimeZone("Europe/Berlin"), Folding.ON);

    @TestFactory
    Stream<DynamicNode> everyStatementOfTheDocument() throws IOException {
        return SemanticsCase.all().stream()
                .map(line -> DynamicTest.dynamicTest(line.topic() + ": " + line.expression(), () -> {
                    check(answer(atRunTime, line.sql()), line.expected(), "at run time");
                    check(answer(whilePlanning, line.sql()), line.expected(), "while planning");
                }));
    }

    /** The validator's own words are not part of the table. */
    private static void check(String actual, String expected, String when) {
        String shown = expected.equals("!invalid") && actual.startsWith("!invalid") ? "!invalid" : actual;
        assertThat(shown).as(when).isEqualTo(expected);
    }

    private static String answer(StatementRunner runner, String sql) throws SqlParseException {
        try {
            return runner.run(sql).rows().stream()
                    .map(row -> Stream.of(row).map(String::valueOf).collect(Collectors.joining(", ")))
                    .collect(Collectors.joining("; "));
        } catch (QueryException e) {
            return "!" + e.sqlState();
        } catch (CalciteContextException e) {
            return "!invalid: " + e.getMessage();
        }
    }

    /** As a chain of comparisons, such a list takes minutes to plan and does not fit a Java method. */
    @ParameterizedTest
    @ValueSource(strings = {"%d", "'k%d'", "%d.50"})
    void longListsOfConstantsAreLookedUp(String constant) throws SqlParseException {
        String list = IntStream.range(0, 3000)
                .mapToObj(i -> String.format(Locale.ROOT, constant, i * 2))
                .collect(Collectors.joining(", "));
        String rows =
                String.format(Locale.ROOT, constant, 4) + ", " + String.format(Locale.ROOT, constant, 5) + ", NULL";
        String query = "SELECT COUNT(*) FROM (VALUES " + rows + ") t(x) WHERE x ";
        assertThat(answer(atRunTime, query + "IN (" + list + ")")).isEqualTo("1");
        assertThat(answer(atRunTime, query + "NOT IN (" + list + ")")).isEqualTo("1");
    }
}
