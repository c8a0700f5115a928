package io.calque.engine.operator;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins rows of both sides that are on disk. The right side is taken as far as memory holds it, again and again, and the left side read for
 * each time: one key may have more rows than there is memory for, so that dividing further would not help. Single-threaded.
 */
final class PartJoin implements RowCursor {
    private final JoinSides sides;
    private final OperatorResources resources;
    private final RowCursor right;
    private final Supplier<RowCursor> left;
    private Optional<ColumnBatch> nextOfRight;
    private @Nullable RowCursor joining;
    private @Nullable BitSet leftMatched;
    private boolean last;

    /**
     * @param left a reading from the beginning
     */
    PartJoin(JoinSides sides, OperatorResources resources, RowCursor right, Supplier<RowCursor> left) {
        this.sides = sides;
        this.resources = resources;
        this.right = right;
        this.left = left;
        this.nextOfRight = right.next();
    }

    @Override
    public Optional<ColumnBatch> next() {
        while (true) {
            resources.checkRunning();
            RowCursor now = joining;
            if (now == null) {
                now = joinNext();
                joining = now;
            }
            Optional<ColumnBatch> batch = now.next();
            if (batch.isPresent()) {
                return batch;
            }
            if (last) {
                return Optional.empty();
            }
            joining = null;
        }
    }

    private RowCursor joinNext() {
        BitSet matched = leftMatched;
        if (matched != null && nextOfRight.isEmpty()) {
            last = true;
            return new LeftAlone(sides, left.get(), matched);
        }
        BuildSide build = new BuildSide(sides);
        while (nextOfRight.isPresent()) {
            build.add(nextOfRight.get());
            nextOfRight = right.next();
            if (!resources.hold(build.bytes())) {
                break;
            }
        }
        build.finish(Crew.ALONE);
        if (matched == null && nextOfRight.isPresent()) {
            matched = new BitSet();
            leftMatched = matched;
        }
        last = nextOfRight.isEmpty() && (matched == null || !sides.passesOnLeftAlone());
        return new JoinProbe(sides, resources, build, left.get(), matched);
    }

    @Override
    public void close() {
        right.close();
        if (joining != null) {
            joining.close();
        }
    }
}
