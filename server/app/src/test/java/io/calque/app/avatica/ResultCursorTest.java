package io.calque.app.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.LongVector;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultCursorTest {
    private static final int FRAME = 1 << 20;

    /** One column of numbers, in batches of {@code batchRows}. */
    private static QueryRun numbers(int batches, int batchRows) {
        return new QueryRun() {
            private int given;

            @Override
            public String queryId() {
                return "q";
            }

            @Override
            public List<ResultColumn> columns() {
                return List.of(new ResultColumn("n", DataType.BIGINT, false, Optional.empty(), Optional.empty()));
            }

            @Override
            public Optional<ColumnBatch> next() {
                if (given == batches) {
                    return Optional.empty();
                }
                given++;
                return Optional.of(new ColumnBatch(
                        batchRows, List.of(new LongVector(new long[batchRows], batchRows, new BitSet()))));
            }

            @Override
            public List<QueryWarning> warnings() {
                return List.of();
            }

            @Override
            public void cancel() {
                // never runs long
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Test
    void givesTheFirstRowsInASmallFrameAndMoreInEachFurtherOne() {
        ResultCursor cursor = new ResultCursor(numbers(200, 4096), () -> {});
        List<Integer> kibibytes = new ArrayList<>();
        long rows = 0;
        while (!cursor.ended()) {
            RowSlices frame = cursor.next(Integer.MAX_VALUE, cursor.frameTarget(FRAME));
            kibibytes.add(frame.rows() * Long.BYTES / 1024);
            rows += frame.rows();
        }
        assertThat(rows).isEqualTo(200 * 4096);
        assertThat(kibibytes.get(0)).isBetween(60, 70);
        assertThat(kibibytes.get(1)).isBetween(240, 270);
        assertThat(kibibytes.get(2)).isBetween(990, 1060);
        assertThat(kibibytes.get(3)).isBetween(990, 1060);
    }

    /** Which would make the client ask once more, only to hear that there is no more. */
    @Test
    void givesASlowResultInOneFrameOnceAllOfItIsThere() {
        assertThat(firstFrame(true).ended()).isTrue();
    }

    @Test
    void doesNotKeepRowsBackWhileMoreMayBeLong() {
        assertThat(firstFrame(false).ended()).isFalse();
    }

    private static ResultCursor firstFrame(boolean comesAtOnce) {
        QueryRun slow = new Slow(numbers(1, 10), comesAtOnce);
        ResultCursor cursor = new ResultCursor(slow, () -> {});
        assertThat(cursor.next(Integer.MAX_VALUE, cursor.frameTarget(FRAME)).rows())
                .isEqualTo(10);
        return cursor;
    }

    /** A run whose batches take their time. */
    private record Slow(QueryRun rows, boolean comesAtOnce) implements QueryRun {
        private static final long NANOS = 60_000_000;

        @Override
        public String queryId() {
            return rows.queryId();
        }

        @Override
        public List<ResultColumn> columns() {
            return rows.columns();
        }

        @Override
        public Optional<ColumnBatch> next() {
            long start = System.nanoTime();
            while (System.nanoTime() - start < NANOS) {
                Thread.onSpinWait();
            }
            return rows.next();
        }

        @Override
        public List<QueryWarning> warnings() {
            return rows.warnings();
        }

        @Override
        public void cancel() {
            rows.cancel();
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    @Test
    void givesAShortResultInOneFrame() {
        ResultCursor cursor = new ResultCursor(numbers(3, 256), () -> {});
        assertThat(cursor.next(Integer.MAX_VALUE, cursor.frameTarget(FRAME)).rows())
                .isEqualTo(768);
        assertThat(cursor.ended()).isTrue();
    }
}
