package io.calque.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.benchmarks.LocalWork;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.RandomQueries;
import io.calque.testkit.fuzz.Spelling;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No operator of a random query's plan runs here without a reason. Nothing is run; a longer search under {@code -Pfull}. */
class ReasonsIT {
    private static final boolean FULL = Boolean.getBoolean("calque.full");
    private static final int WORLDS = FULL ? 10 : 2;
    private static final int QUERIES = FULL ? 200 : 60;

    @Test
    void everyLocalOperatorHasItsReason() throws SQLException {
        int planned = 0;
        for (int seed = 1; seed <= WORLDS; seed++) {
            try (FuzzRun run = FuzzRun.start(seed, new FragmentLedger(), Fault.NONE)) {
                RandomQueries random = new RandomQueries(run.world(), seed);
                for (int i = 0; i < QUERIES; i++) {
                    Query query = random.next();
                    List<String> explained = run.explain(query);
                    planned += explained.isEmpty() ? 0 : 1;
                    assertThat(LocalWork.unexplained(explained))
                            .as(() -> Spelling.of(query, Spelling.Reader.CALQUE).sql() + "\n"
                                    + String.join("\n", explained))
                            .isEmpty();
                }
            }
        }
        assertThat(planned).isGreaterThan(WORLDS * QUERIES * 4 / 5);
    }
}
