package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups in memory, by one thread as long as they are few, then divided by their hashes among as many shares as there are threads. A share
 * sees all rows in the order of their coming and takes those of its groups, so that every group is computed as by one thread.
 *
 * <p>Belongs to the thread that pulls the query. While the shares take some rows, that thread reads the next ones.
 */
final class GroupShares {
    /** After so many rows it is looked at whether there are many groups. */
    private static final int LOOKED_AT_ROWS = 65_536;
    /** So few that they stay in a core's cache, where dividing rows costs more than finding groups. */
    private static final int FEW_GROUPS = 8_192;

    private static final int TAKEN_AT_ONCE = 32_768;

    private final RowLayout input;
    private final AggregatePlan plan;
    private final OperatorResources resources;
    private final List<Groups> shares = new ArrayList<>();
    private final List<Errand<Boolean>> taking = new ArrayList<>();
    private List<ColumnBatch> collected = new ArrayList<>();
    private int collectedRows;
    private long collectedBytes;
    private long takenBytes;
    /** What the groups took when nobody worked on them last. */
    private long groupBytes;

    private boolean collects;

    GroupShares(RowLayout input, AggregatePlan plan, OperatorResources resources) {
        this.input = input;
        this.plan = plan;
        this.resources = resources;
        shares.add(new Groups(input, plan));
        collects = !plan.keys().isEmpty() && resources.crew().size() > 1;
    }

    /** False when no further group is to be made, for want of memory: the rows of others have to go elsewhere from now on. */
    boolean add(ColumnBatch batch) {
        if (collects) {
            collect(batch);
        }
        if (shares.size() == 1) {
            shares.get(0).add(batch);
            if (collects && collectedRows >= LOOKED_AT_ROWS) {
                lookAtGroups();
            }
        } else if (collectedRows >= TAKEN_AT_ONCE) {
            await();
            if (!resources.hold(bytes())) {
                return closed();
            }
            take();
        }
        if (shares.size() == 1 && collects && !resources.hold(bytes())) {
            collects = false;
            forget();
        }
        return resources.hold(bytes()) || size() <= 1 || closed();
    }

    private void collect(ColumnBatch batch) {
        collected.add(batch);
        collectedRows += batch.rows();
        collectedBytes += batch.sizeInBytes();
    }

    private void lookAtGroups() {
        int threads = resources.crew().size();
        if (threads > 1 && shares.get(0).size() >= FEW_GROUPS) {
            shares.clear();
            for (int share = 0; share < threads; share++) {
                shares.add(new Groups(input, plan, share, threads));
            }
            take();
        } else {
            collects = false;
            forget();
        }
    }

    private void forget() {
        collected = new ArrayList<>();
        collectedRows = 0;
        collectedBytes = 0;
    }

    /** Lets every share have the rows that were collected. */
    private void take() {
        List<ColumnBatch> batches = collected;
        takenBytes = collectedBytes;
        forget();
        for (Groups share : shares) {
            taking.add(resources.crew().send(() -> {
                for (ColumnBatch batch : batches) {
                    resources.checkRunning();
                    share.add(batch);
                }
                return true;
            }));
        }
    }

    /** Afterwards nobody but the calling thread touches the shares. */
    private void await() {
        taking.forEach(Errand::result);
        taking.clear();
        takenBytes = 0;
    }

    private boolean closed() {
        await();
        if (shares.size() > 1) {
            take();
            await();
        }
        collects = false;
        forget();
        shares.forEach(Groups::close);
        resources.hold(bytes());
        return false;
    }

    /** Adds rows whose groups are here; all others go to {@code others}. Only after {@link #add} has given false. */
    void addHere(ColumnBatch batch, Partitions others) {
        for (Groups share : shares) {
            int[] where = share.add(batch);
            for (int row = 0; row < batch.rows(); row++) {
                if (where[row] == Groups.ELSEWHERE) {
                    others.add(batch, row, others.of(share.hash(row)));
                }
            }
        }
    }

    /** All rows are here: the groups. */
    List<Groups> finish() {
        await();
        if (shares.size() > 1) {
            take();
            await();
        }
        forget();
        return shares;
    }

    private int size() {
        return taking.isEmpty() ? shares.stream().mapToInt(Groups::size).sum() : 2;
    }

    private long bytes() {
        if (taking.isEmpty()) {
            groupBytes = shares.stream().mapToLong(Groups::bytes).sum();
        }
        return groupBytes + collectedBytes + takenBytes;
    }
}
