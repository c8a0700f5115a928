package io.calque.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.doctor.Finding.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
    @TempDir
    private Path directory;

    @Test
    void aCheckThatNeverEndsIsAFindingAndHoldsUpNoOther() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("dead", () -> {
            awaitForEver();
            return List.of();
        });
        checks.put("defect", () -> {
            throw new IllegalStateException("boom");
        });
        checks.put("well", () -> List.of(Finding.ok("well", "fine")));

        assertThat(new Doctor(Duration.ofMillis(200)).examine(checks))
                .extracting(f -> f.severity() + " " + f.subject() + " " + f.found())
                .satisfiesExactly(
                        dead -> assertThat(dead).startsWith("ERROR dead does not answer within"),
                        defect -> assertThat(defect).contains("ERROR defect").contains("boom"),
                        well -> assertThat(well).isEqualTo("OK well fine"));
    }

    private static void awaitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsAnOldJavaAndTooLittleMemory() {
        assertThat(ProcessChecks.java(11, 64L << 20))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR, Severity.WARNING);
        assertThat(ProcessChecks.java(17, 1L << 30))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK, Severity.OK);
    }

    @Test
    void tellsATemporaryDirectoryThatCannotBeWritten() {
        assertThat(ProcessChecks.temporaryDirectory(directory.resolve("missing")))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Severity.ERROR))
                .satisfies(f -> assertThat(f.remedy()).contains("java.io.tmpdir"));
    }
}
