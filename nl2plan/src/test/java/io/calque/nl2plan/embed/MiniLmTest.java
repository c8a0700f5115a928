package io.calque.nl2plan.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model as computed here says what it says in langchain4j's native runtime. */
class MiniLmTest {
    private static final Embedder MODEL = MiniLm.load().orElseThrow();

    /** Cosines by AllMiniLmL6V2QuantizedEmbeddingModel 1.20.0-beta30, which rounds what passes between layers to bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "staff|employees|0.694",
                "earnings|revenue|0.622",
                "workforce|employee|0.607",
                "turnover|revenue|0.374",
                "postal code|zip|0.385",
                "song|track|0.429",
                "staff|album|0.278",
                "Müller's Straße, 12%|street of Mueller|0.342",
                "When was the order shipped?|ship date|0.665",
                "客户|customer|0.282",
                "support rep id|customer name|0.335",
                "melody|track|0.293"
            })
    void agreesWithTheNativeRuntime(String text, String other, double cosine) {
        assertThat(cosine(MODEL.embed(text), MODEL.embed(other))).isCloseTo(cosine, within(0.08));
    }

    @Test
    void givesVectorsOfLengthOneOfAnyText() {
        for (String text : new String[] {"", " ", "a", "\u0000\ud83d\ude00", "x".repeat(1_000), "word ".repeat(500)}) {
            float[] vector = MODEL.embed(text);
            assertThat(vector).hasSize(MODEL.dimensions());
            assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void takesMillisecondsAText() {
        for (int i = 0; i < 20; i++) {
            MODEL.embed("customer name");
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        for (int i = 0; i < 20; i++) {
            MODEL.embed("customer name");
        }
        Duration each = Duration.ofNanos((clock.getCurrentThreadCpuTime() - start) / 20);
        System.out.println("a vector of two words, CPU time: " + each.toNanos() / 1000 + " us");
        assertThat(each).isLessThan(Duration.ofMillis(200));
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return product;
    }
}
