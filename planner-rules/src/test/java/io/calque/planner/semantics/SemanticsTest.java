package io.calque.planner.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.planner.semantics.StatementRunner.Folding;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@code src/test/resources/semantics/*.txt}: lines {@code expression ==> value}, where an error is {@code !} and its SQLSTATE, and
 * {@code !invalid} is a statement that the validator refuses. Each expression is computed while planning and at run time.
 */
class SemanticsTest {
    private static final String ARROW = " ==> ";

    private final StatementRunner atRunTime = new StatementRunner(TimeZone.getTimeZone("Europe/Berlin"), Folding.OFF);
    private final StatementRunner whilePlanning =
            new StatementRunner(TimeZone.getTimeZone("Europe/Berlin"), Folding.ON);

    @TestFactory
    Stream<DynamicNode> everyStatementOfTheDocument() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/semantics"))) {
            return files.sorted().map(this::topic).toList().stream();
        }
    }

    private DynamicNode topic(Path file) {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int arrow = line.indexOf(ARROW);
            if (arrow < 0) {
                throw new IllegalArgumentException(file + ": no '==>' in " + line);
            }
            String expression = line.substring(0, arrow).trim();
            String expected = line.substring(arrow + ARROW.length());
            tests.add(DynamicTest.dynamicTest(expression, () -> {
                assertThat(answer(atRunTime, expression)).as("at run time").isEqualTo(expected);
                assertThat(answer(whilePlanning, expression))
                        .as("while planning")
                        .isEqualTo(expected);
            }));
        }
        return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
    }

    /** The validator's own words are not part of the table. */
    private static void check(String actual, String expected, String when) {
        String shown = expected.equals("!invalid") && actual.startsWith("!invalid") ? "!invalid" : actual;
        assertThat(shown).as(when).isEqualTo(expected);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(StatementRunner runner, String expression) throws SqlParseException {
        boolean statement = expression.regionMatches(true, 0, "SELECT ", 0, 7);
        try {
            return runner.run(statement ? expression : "SELECT CAST(" + expression + " AS VARCHAR)").rows().stream()
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
