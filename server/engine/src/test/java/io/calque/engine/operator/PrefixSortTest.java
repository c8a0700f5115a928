package io.calque.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixSortTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 5_000})
    void sortsAsComparingDoesAndKeepsTheOrderOfEqualOnes(int count) {
        Random random = new Random(count);
        for (long bound : new long[] {1, 3, 1 << 20, Long.MAX_VALUE}) {
            long[] prefixes = new long[count];
            for (int i = 0; i < count; i++) {
                prefixes[i] = random.nextLong() % bound;
            }
            if (count > 1) {
                prefixes[count / 2] = Long.MIN_VALUE;
                prefixes[count / 3] = Long.MAX_VALUE;
            }
            long[] given = prefixes.clone();
            int[] expected = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> given[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();

            PrefixSort.Sorted sorted =
                    PrefixSort.sort(prefixes, IntStream.range(0, count).toArray(), count);

            assertThat(Arrays.copyOf(sorted.rows(), count)).isEqualTo(expected);
            assertThat(Arrays.copyOf(sorted.prefixes(), count))
                    .isEqualTo(Arrays.stream(given).sorted().toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 1_000})
    void mergesRowsAndKeepsTheOrderOfEqualOnes(int count) {
        Random random = new Random(count);
        int[] keys = random.ints(count, 0, 20).toArray();
        int[] rows = IntStream.range(0, count).toArray();
        new RowMergeSort(rows, (row, other) -> Integer.compare(keys[row], keys[other]), () -> {}).sort(0, count);
        assertThat(rows)
                .isEqualTo(IntStream.range(0, count)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> keys[i]))
                        .mapToInt(Integer::intValue)
                        .toArray());
    }
}
