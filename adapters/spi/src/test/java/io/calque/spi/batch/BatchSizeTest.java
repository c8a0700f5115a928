package io.calque.spi.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private static ColumnBatch numbers(int rows) {
        return new ColumnBatch(rows, List.of(new LongVector(new long[rows], rows, new BitSet())));
    }

    private static ColumnBatch texts(int rows, int length) {
        Object[] values = new Object[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = "x".repeat(length);
        }
        return new ColumnBatch(rows, List.of(new ObjectVector(values, rows)));
    }

    @Test
    void beginsSmallAndDoublesUntilTheMost() {
        BatchSize size = new BatchSize(4096);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            rows.append(size.rows()).append(' ');
            size.made(numbers(size.rows()));
        }
        assertThat(rows.toString()).isEqualTo("256 512 1024 2048 4096 4096 ");
    }

    @Test
    void staysBelowSoManyBytes() {
        BatchSize size = new BatchSize(4096);
        size.made(texts(256, 1_000));
        assertThat(size.rows()).isBetween(200, 300);
        // a megabyte each: not fewer than it takes to be worth a batch
        size.made(texts(20, 1_000_000));
        assertThat(size.rows()).isEqualTo(16);
        size.made(texts(16, 10));
        assertThat(size.rows()).isEqualTo(32);
    }

    @Test
    void doesNotGrowWhereRowsComeSlowly() {
        BatchSize size = new BatchSize(4096);
        size.made(numbers(3));
        assertThat(size.rows()).isEqualTo(256);
        assertThat(new BatchSize(7).rows()).isEqualTo(7);
    }
}
