package io.calque.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Random queries give the same answer wherever they run: a sample of fixed seeds, and a longer one under {@code -Pfull}. */
class FuzzIT {
    /** The day it was last drawn. */
    private static final long SEED = 20261122;

    private static final boolean FULL = Boolean.getBoolean("calque.full");

    @Test
    void findsNoDifference() throws SQLException, IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

        FuzzReport report = FuzzCommand.run(
                new FuzzCommand.Plan(SEED, 1, FULL ? 400 : 60, FULL ? 4 : 1, Duration.ofHours(1), Optional.empty()),
                nowhere);

        assertThat(report.differences).isEmpty();
        assertThat(report.answered).isGreaterThan(report.queries * 9 / 10);
    }
}
