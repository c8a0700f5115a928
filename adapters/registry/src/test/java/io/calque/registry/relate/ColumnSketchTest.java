package io.calque.registry.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.calque.registry.relate.ColumnSketch.Overlap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnSketchTest {
    @Test
    void countsDifferentValuesAndKnowsKeys() {
        ColumnSketch key = numbers(1, 100_000);
        assertThat(key.distinct()).isEqualTo(100_000);
        assertThat(key.unique()).isTrue();
        assertThat(key.min()).isEqualTo(1);
        assertThat(key.max()).isEqualTo(100_000);
        assertThat(texts("a", "b", "a").unique()).isFalse();
        assertThat(texts("a", null).unique()).isFalse();
    }

    @Test
    void estimatesDifferentValuesBeyondWhatItCounts() {
        SketchBuilder builder = new SketchBuilder(true);
        builder.add("1");
        for (int i = 0; i < 300_000; i++) {
            builder.add(Integer.toString(i));
        }
        ColumnSketch sketch = builder.build(true);
        assertThat(sketch.unique()).isFalse();
        assertThat(sketch.distinct()).isCloseTo(300_000, within(45_000.0));
    }

    @Test
    void estimatesWhatShareOfAColumnIsInAnother() {
        assertThat(numbers(1, 20_000).overlapWith(numbers(1, 50_000)).share()).isEqualTo(1);
        assertThat(numbers(1, 20_000).overlapWith(numbers(10_001, 60_000)).share())
                .isCloseTo(0.5, within(0.12));
        assertThat(numbers(1, 20_000).overlapWith(numbers(30_000, 60_000)).share())
                .isZero();
    }

    @Test
    void comparesOnlyWhatBothSamplesCover() {
        Overlap overlap = numbers(1, 10).overlapWith(numbers(1, 100_000));
        assertThat(overlap.compared()).isLessThan(10);
        assertThat(overlap.found()).isEqualTo(overlap.compared());
        assertThat(numbers(1, 10).overlapWith(numbers(1, 400))).isEqualTo(new Overlap(10, 10));
    }

    @Test
    void knowsWhatTextsLookLike() {
        TextShape codes = texts("LAB-001", "LAB-002", "LAB-117").shape();
        assertThat(codes.prefix()).isEqualTo("LAB-");
        assertThat(codes.alphabet()).isEqualTo(10);
        assertThat(texts("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "b1eebc99-9c0b-4ef8-bb6d-6bb9bd380a12")
                        .shape()
                        .isRandomIdentifier())
                .isTrue();
        assertThat(codes.isRandomIdentifier()).isFalse();
    }

    @Test
    void hashesPairsInOrder() {
        assertThat(ValueHash.of("1", "23")).isNotEqualTo(ValueHash.of("12", "3"));
        assertThat(ValueHash.of("1", "2")).isNotEqualTo(ValueHash.of("2", "1"));
    }

    private static ColumnSketch numbers(int from, int to) {
        SketchBuilder builder = new SketchBuilder(true);
        for (int i = from; i <= to; i++) {
            builder.add(Integer.toString(i));
        }
        return builder.build(true);
    }

    private static ColumnSketch texts(@Nullable String... values) {
        SketchBuilder builder = new SketchBuilder(false);
        for (String value : values) {
            builder.add(value);
        }
        return builder.build(true);
    }
}
