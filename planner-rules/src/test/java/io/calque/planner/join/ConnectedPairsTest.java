package io.calque.planner.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectedPairsTest {
    private static int[] chain(int vertices) {
        int[] neighbours = new int[vertices];
        for (int v = 1; v < vertices; v++) {
            neighbours[v] |= 1 << v - 1;
            neighbours[v - 1] |= 1 << v;
        }
        return neighbours;
    }

    private static int[] star(int vertices) {
        int[] neighbours = new int[vertices];
        for (int v = 1; v < vertices; v++) {
            neighbours[v] = 1;
            neighbours[0] |= 1 << v;
        }
        return neighbours;
    }

    private static int[] clique(int vertices) {
        int[] neighbours = new int[vertices];
        for (int v = 0; v < vertices; v++) {
            neighbours[v] = (1 << vertices) - 1 & ~(1 << v);
        }
        return neighbours;
    }

    /** The numbers that Moerkotte and Neumann give. */
    private static int count(int[] neighbours) {
        Set<Integer> made = new HashSet<>();
        Set<Long> pairs = new HashSet<>();
        for (int v = 0; v < neighbours.length; v++) {
            made.add(1 << v);
        }
        int found = ConnectedPairs.visit(neighbours, 1_000_000, (one, other) -> {
            assertThat(one & other).isZero();
            assertThat(made).contains(one, other);
            assertThat(pairs.add((long) Math.min(one, other) << 32 | Math.max(one, other)))
                    .isTrue();
            made.add(one | other);
        });
        assertThat(pairs).hasSize(found);
        assertThat(made).contains((1 << neighbours.length) - 1);
        return found;
    }

    @Test
    void tellsEachPairOnceAndAfterWhatMakesIt() {
        assertThat(count(chain(10))).isEqualTo(165);
        assertThat(count(chain(16))).isEqualTo(680);
        assertThat(count(star(10))).isEqualTo(2_304);
        assertThat(count(clique(8))).isEqualTo(3_025);
    }

    @Test
    void endsWhereThereAreTooMany() {
        int[] told = new int[1];
        assertThat(ConnectedPairs.visit(clique(16), 4_000, (one, other) -> told[0]++))
                .isGreaterThan(4_000);
        assertThat(told[0]).isEqualTo(4_000);
    }
}
