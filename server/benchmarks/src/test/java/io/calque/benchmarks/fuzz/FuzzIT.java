package io.calque.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Random queries give the same answer wherever they run: a sample of fixed seeds, and a longer one under {@code -Pfull}. */
class FuzzIT {
    private static final boolean FULL = Boolean.getBoolean("calque.full");

    @Test
    void findsNoDifference() throws SQLException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

        FuzzRun.Report report = FuzzCommand.run(6, 1, FULL ? 100 : 40, 1, nowhere);

        assertThat(report.differences).isEmpty();
        assertThat(report.answered).isGreaterThan(report.queries * 9 / 10);
    }
}
