package io.calque.planner.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.type.DataType;
import io.calque.spi.type.DataTypeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One case for each pair of types in {@code coercion-table.txt}. */
class CoercionTableTest {
    private static final Path TABLE = Path.of("src/test/resources/coercion-table.txt");

    private static final List<String> TYPES = List.of(
            "BOOLEAN",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "REAL",
            "DOUBLE",
            "DECIMAL(10, 2)",
            "VARCHAR",
            "VARBINARY",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP_TZ",
            "VARCHAR ARRAY");

    record Case(String left, String right, String expected) {}

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .map(parts -> new Case(parts[0].trim(), parts[1], parts[2].trim()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comparesAsTheTableSays(Case pair) {
        DataType left = DataTypeText.parse(pair.left());
        DataType right = DataTypeText.parse(pair.right());
        assertThat(text(CoercionTable.compare(left, right))).isEqualTo(pair.expected());
        assertThat(text(CoercionTable.compare(right, left)))
                .as("the other way round")
                .isEqualTo(pair.expected());
    }

    @Test
    void everyPairOfTypesStandsInTheTable() throws IOException {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            for (int j = i; j < TYPES.size(); j++) {
                pairs.add(TYPES.get(i) + " | " + TYPES.get(j));
            }
        }
        assertThat(cases().map(c -> c.left() + " | " + c.right())).containsAll(pairs);
    }

    private static String text(Comparison comparison) {
        if (comparison instanceof Comparison.As as) {
            return as.type().toString();
        }
        return comparison instanceof Comparison.LiteralAs as ? "literal as " + as.type() : "refused";
    }
}
