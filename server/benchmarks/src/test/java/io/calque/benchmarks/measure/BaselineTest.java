package io.calque.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.spi.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
    private static final Baseline BEFORE =
            new Baseline("calque bench x", List.of(new Figure("a", 20, 10), new Figure("b", 30, 10)));

    @TempDir
    private Path directory;

    @Test
    void namesWhatHasBecomeSlowerBesideItsPeer() {
        // the machine is twice as slow as before: only b has changed
        Baseline now = new Baseline(
                "calque bench x", List.of(new Figure("a", 40, 20), new Figure("b", 120, 20), new Figure("new", 9, 1)));
        assertThat(BEFORE.regressions(now, 1.3))
                .extracting(Baseline.Regression::toString)
                .containsExactly("b is 2.00 times as slow as before: 6.00 times the peer's time, was 3.00");
        assertThat(BEFORE.regressions(now, 2.1)).isEmpty();
    }

    @Test
    void takesNoNoticeOfLessThanAMillisecond() {
        Baseline small = new Baseline("c", List.of(new Figure("a", 0.2, 0.1)));
        assertThat(small.regressions(new Baseline("c", List.of(new Figure("a", 0.9, 0.1))), 1.3))
                .isEmpty();
    }

    @Test
    void readsWhatItHasWritten() {
        Path file = directory.resolve("baseline.tsv");
        BEFORE.write(file);
        assertThat(Baseline.read(file)).isEqualTo(BEFORE);
    }

    @Test
    void refusesWhatIsNotComparable() throws IOException {
        Path file = directory.resolve("other.txt");
        Files.writeString(file, "c\nname\tmilliseconds\tpeer milliseconds\na\tx\t1\n");
        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> BEFORE.regressions(new Baseline("calque bench y", List.of()), 1.3))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("calque bench y");
    }
}
