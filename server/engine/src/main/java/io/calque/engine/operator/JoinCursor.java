package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the right side when the first row is asked for, then joins in memory, or part after part of what went to disk. Single-threaded. */
final class JoinCursor implements RowCursor {
    private static final int COPIED_AT_ONCE = 256;

    /** Rows of both sides whose keys have something in common; null for none. */
    private record Part(@Nullable BatchFile left, @Nullable BatchFile right) {
        void close() {
            if (left != null) {
                left.close();
            }
            if (right != null) {
                right.close();
            }
        }
    }

    private final RowCursor left;
    private final RowCursor right;
    private final JoinSides sides;
    private final OperatorResources resources;
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable RowCursor joining;
    private @Nullable Part joined;
    private boolean begun;
    private boolean closed;

    JoinCursor(RowCursor left, RowCursor right, JoinSides sides, OperatorResources resources) {
        this.left = left;
        this.right = right;
        this.sides = sides;
        this.resources = resources;
    }

    @Override
    public Optional<ColumnBatch> next() {
        while (!closed) {
            RowCursor now = joining;
            if (now != null) {
                Optional<ColumnBatch> batch = now.next();
                if (batch.isPresent()) {
                    return batch;
                }
                joining = null;
            }
            Part done = joined;
            if (done != null) {
                done.close();
                joined = null;
            }
            if (!begun) {
                begun = true;
                begin();
            } else if (parts.isEmpty()) {
                close();
            } else {
                Part part = parts.remove();
                joined = part;
                joining = new PartJoin(sides, resources, reading(part.right()), () -> reading(part.left()));
            }
        }
        return Optional.empty();
    }

    private static RowCursor reading(@Nullable BatchFile file) {
        return file == null ? new NoRows() : file.read();
    }

    private void begin() {
        BuildSide build = new BuildSide(sides);
        for (Optional<ColumnBatch> batch = right.next(); batch.isPresent(); batch = right.next()) {
            build.add(batch.get());
            if (!resources.hold(build.bytes())) {
                divide(build);
                return;
            }
        }
        right.close();
        build.finish(resources.crew());
        joining = ProbesAhead.suits(sides, resources)
                ? new ProbesAhead(sides, resources, build, left)
                : new JoinProbe(sides, resources, build, left, null);
    }

    private void divide(BuildSide build) {
        Partitions rights = new Partitions(sides.rightLayout(), resources, 0);
        copy(build, rights);
        resources.hold(0);
        RowKeys keys = sides.rightKeys();
        for (Optional<ColumnBatch> batch = right.next(); batch.isPresent(); batch = right.next()) {
            divide(batch.get(), keys, rights, sides.passesOnRightAlone());
        }
        right.close();
        BatchFile[] rightFiles = rights.finish();
        Partitions lefts = new Partitions(sides.leftLayout(), resources, 0);
        RowKeys leftKeys = sides.leftKeys();
        for (Optional<ColumnBatch> batch = left.next(); batch.isPresent(); batch = left.next()) {
            divide(batch.get(), leftKeys, lefts, sides.passesOnLeftAlone());
        }
        BatchFile[] leftFiles = lefts.finish();
        for (int i = 0; i < Partitions.COUNT; i++) {
            if (leftFiles[i] != null || rightFiles[i] != null) {
                parts.add(new Part(leftFiles[i], rightFiles[i]));
            }
        }
    }

    private static void copy(BuildSide build, Partitions rights) {
        int[] rows = new int[COPIED_AT_ONCE];
        for (int at = 0; at < build.size(); at += COPIED_AT_ONCE) {
            int count = Math.min(COPIED_AT_ONCE, build.size() - at);
            for (int i = 0; i < count; i++) {
                rows[i] = at + i;
            }
            ColumnBatch batch = build.store().gather(rows, 0, count);
            for (int i = 0; i < count; i++) {
                rights.add(batch, i, rights.of(build.index().hash(at + i)));
            }
        }
    }

    private void divide(ColumnBatch batch, RowKeys keys, Partitions into, boolean keepsLonely) {
        resources.checkRunning();
        keys.load(batch);
        boolean[] lonelyWhenNull = sides.lonelyWhenNull();
        for (int row = 0; row < batch.rows(); row++) {
            if (keepsLonely || !keys.anyNull(row, lonelyWhenNull)) {
                into.add(batch, row, into.of(keys.hash(row)));
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        left.close();
        right.close();
        if (joined != null) {
            joined.close();
        }
        parts.forEach(Part::close);
        parts.clear();
        RowCursor now = joining;
        if (now != null) {
            now.close();
            joining = null;
        }
        resources.hold(0);
    }
}
