package io.calque.planner.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.planner.functions.CalqueOperators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlFunction;
import org.junit.jupiter.api.Test;

/** docs/semantics.md names every function that a statement may call. */
class SemanticsDocumentTest {
    /** Names that nobody writes: rewrites and the parser make them. */
    private static final Set<String> INTERNAL =
            Set.of("$SUM0", "SINGLE_VALUE", "TRANSLATE3", "PERCENTILE_BETWEEN", "PERCENTILE_OF");

    @Test
    void everyFunctionIsNamed() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "semantics.md"));
        List<String> missing = CalqueOperators.table().getOperatorList().stream()
                .filter(SqlFunction.class::isInstance)
                .map(operator -> operator.getName())
                .filter(name -> !INTERNAL.contains(name))
                .filter(name -> !document.matches("(?s).*\\b" + name + "\\b.*") && !name.equals("::"))
                .toList();
        assertThat(missing).isEmpty();
    }
}
