package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins several stretches of the left side at the same time with the right side in memory, which nobody changes any more, and passes on what
 * they give in the order of the left side. Belongs to the thread that pulls the query.
 */
final class ProbesAhead implements RowCursor {
    /** A stretch ends with the batch that makes it so long: shorter work is not worth telling another thread. */
    private static final int STRETCH_ROWS = 16_384;
    /** Rows of the left side that are joined before any other thread is asked. */
    private static final int ALONE_ROWS = 65_536;

    private static final int STRETCHES_A_THREAD = 2;
    /** What a stretch's result takes, guessed from its left rows until it is there. */
    private static final int RESULT_SHARE = 2;
    /** One left row may meet millions: what is beyond is joined when it is asked for. */
    private static final int MOST_BATCHES = 24;

    private final JoinSides sides;
    private final OperatorResources resources;
    private final BuildSide right;
    private final RowCursor left;
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private final List<JoinProbe> idle = new ArrayList<>();
    private final JoinProbe alone;
    private long leftRows;
    private long aheadBytes;
    private boolean ahead;
    private boolean leftEnded;

    ProbesAhead(JoinSides sides, OperatorResources resources, BuildSide right, RowCursor left) {
        this.sides = sides;
        this.resources = resources;
        this.right = right;
        this.left = left;
        this.alone = new JoinProbe(sides, resources, right, new FirstRows(), null);
    }

    /** Whether stretches of the left side have nothing to do with each other. */
    static boolean suits(JoinSides sides, OperatorResources resources) {
        return resources.crew().size() > 1 && sides.condition() == null && !sides.passesOnRightAlone();
    }

    /** The left side until it proves to be long. */
    private final class FirstRows implements RowCursor {
        @Override
        public Optional<ColumnBatch> next() {
            if (leftRows >= ALONE_ROWS) {
                ahead = true;
                return Optional.empty();
            }
            Optional<ColumnBatch> batch = left.next();
            batch.ifPresentOrElse(some -> leftRows += some.rows(), () -> leftEnded = true);
            return batch;
        }

        @Override
        public void close() {
            left.close();
        }
    }

    @Override
    public Optional<ColumnBatch> next() {
        if (!ahead) {
            Optional<ColumnBatch> batch = alone.next();
            if (batch.isPresent() || leftEnded) {
                return batch;
            }
        }
        while (true) {
            send();
            Stretch first = stretches.peek();
            if (first == null) {
                return Optional.empty();
            }
            Optional<ColumnBatch> batch = first.next();
            if (batch.isPresent()) {
                return batch;
            }
            stretches.remove();
            aheadBytes -= first.bytes;
            idle.add(first.probe);
        }
    }

    private void send() {
        int wanted = STRETCHES_A_THREAD * resources.crew().size();
        while (!leftEnded && stretches.size() < wanted) {
            if (!resources.hold(right.bytes() + aheadBytes) && !stretches.isEmpty()) {
                // no room for more than one at a time
                return;
            }
            List<ColumnBatch> batches = new ArrayList<>();
            int rows = 0;
            while (rows < STRETCH_ROWS) {
                Optional<ColumnBatch> batch = left.next();
                if (batch.isEmpty()) {
                    leftEnded = true;
                    break;
                }
                batches.add(batch.get());
                rows += batch.get().rows();
            }
            if (rows > 0) {
                stretches.add(new Stretch(batches));
            }
        }
    }

    /** Some batches of the left side. */
    private final class Stretch {
        private final JoinProbe probe;
        private final long bytes;
        private final Errand<List<ColumnBatch>> joining;
        private @Nullable List<ColumnBatch> joined;
        private int passed;

        Stretch(List<ColumnBatch> batches) {
            probe = idle.isEmpty()
                    ? new JoinProbe(sides, resources, right, new NoRows(), null)
                    : idle.remove(idle.size() - 1);
            bytes = batches.stream().mapToLong(ColumnBatch::sizeInBytes).sum() * (1 + RESULT_SHARE);
            aheadBytes += bytes;
            probe.restart(new BatchList(batches));
            joining = resources.crew().send(this::join);
        }

        private List<ColumnBatch> join() {
            List<ColumnBatch> results = new ArrayList<>();
            while (results.size() < MOST_BATCHES) {
                resources.checkRunning();
                Optional<ColumnBatch> batch = probe.next();
                if (batch.isEmpty()) {
                    break;
                }
                results.add(batch.get());
            }
            return results;
        }

        Optional<ColumnBatch> next() {
            List<ColumnBatch> results = joined;
            if (results == null) {
                results = joining.result();
                joined = results;
            }
            if (passed < results.size()) {
                return Optional.of(results.get(passed++));
            }
            return results.size() < MOST_BATCHES ? Optional.empty() : probe.next();
        }
    }

    @Override
    public void close() {
        stretches.forEach(stretch -> stretch.joining.forget());
        stretches.clear();
        left.close();
    }
}
