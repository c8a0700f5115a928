package io.calque.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The figures that are kept with the sources: that a regression beside them is named. */
class KeptBaselinesTest {
    static List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("baseline"))) {
            return files.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void tellWhatHasBecomeTwiceAsSlow(Path file) {
        Baseline before = Baseline.read(file);
        assertThat(before.figures()).isNotEmpty();
        assertThat(before.regressions(before, 1)).isEmpty();
        Figure slowest = before.figures().stream()
                .reduce((one, other) -> one.millis() > other.millis() ? one : other)
                .orElseThrow();
        List<Figure> slower = before.figures().stream()
                .map(figure -> figure == slowest
                        ? new Figure(figure.name(), figure.millis() * 2, figure.peerMillis())
                        : figure)
                .toList();
        assertThat(before.regressions(new Baseline(before.command(), slower), 1.5))
                .extracting(Baseline.Regression::name)
                .containsExactly(slowest.name());
    }
}
