package io.calque.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The random queries find mistakes: of sixty that are planted, at most three stay hidden. */
@EnabledIfSystemProperty(named = "calque.full", matches = "true")
class FaultHuntIT {
    private static final int WORLDS = 24;
    private static final int QUERIES = 60;
    private static final int MOST_HIDDEN = 3;

    @Test
    void findsPlantedFaults() throws SQLException {
        FaultHunt hunt = new FaultHunt();
        for (long seed = 7000; seed < 7000 + WORLDS && !hunt.hidden().isEmpty(); seed++) {
            hunt.search(seed, QUERIES);
        }

        assertThat(hunt.found().size() + hunt.hidden().size()).isEqualTo(60);
        assertThat(hunt.hidden()).hasSizeLessThanOrEqualTo(MOST_HIDDEN);
    }
}
