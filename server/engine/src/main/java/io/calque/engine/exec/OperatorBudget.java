package io.calque.engine.exec;

import io.calque.engine.operator.Crew;
import io.calque.engine.operator.OperatorResources;
import io.calque.engine.operator.SpillFile;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory and disk of one operator, within those of its query: its latest reading has them. Belongs to the thread that pulls the query; {@link #close} may come from
 * any.
 */
final class OperatorBudget implements OperatorResources, AutoCloseable {
    /** Taken from the account at once. */
    private static final long STEP = 64 * 1024;
    /** What every operator may take while others leave anything at all: enough to go on on disk. */
    private static final long LEAST = 1 << 20;

    private static final int SHARES = 8;

    private final OperatorWatch operator;
    private final MemoryAccount memory;
    private final SpoolSpace disk;
    private final StopFlag stop;
    private final Crew crew;
    private final long least;
    private final List<OperatorFile> files = new ArrayList<>();
    private long reserved;
    private volatile boolean closed;

    OperatorBudget(OperatorWatch operator, MemoryAccount memory, SpoolSpace disk, StopFlag stop, Crew crew) {
        this.operator = operator;
        this.memory = memory;
        this.disk = disk;
        this.stop = stop;
        this.crew = crew;
        this.least = Math.min(LEAST, memory.limit() / SHARES);
    }

    @Override
    public boolean hold(long bytes) {
        if (closed) {
            return true;
        }
        if (bytes > reserved) {
            stop.check();
            long wanted = (bytes + STEP - 1) / STEP * STEP;
            if (bytes <= least) {
                memory.reserve(wanted - reserved);
            } else if (!memory.tryReserve(wanted - reserved)) {
                return false;
            }
            reserved = wanted;
        } else if (bytes < reserved / 2) {
            long kept = (bytes + STEP - 1) / STEP * STEP;
            memory.release(reserved - kept);
            reserved = kept;
        }
        operator.holds(bytes);
        return true;
    }

    @Override
    public synchronized SpillFile newFile() {
        stop.check();
        OperatorFile file = new OperatorFile(disk, this::takeDisk, this::forget);
        files.add(file);
        return file;
    }

    private synchronized void forget(OperatorFile file) {
        if (!closed) {
            files.remove(file);
        }
    }

    private void takeDisk(long bytes) {
        stop.check();
        if (!disk.tryReserve(bytes)) {
            throw new QueryException(
                    ErrorCode.OUT_OF_MEMORY,
                    "Rows that do not fit in memory need more than " + (disk.limit() >> 20) + " MiB of disk; raise "
                            + "limits.spool_disk or query_memory, or make the query keep fewer rows; the local "
                            + operator.description() + " has " + (operator.spilledBytes() >> 20)
                            + " MiB there and keeps " + (operator.keptBytes() >> 10) + " KiB in memory");
        }
        operator.spilled(bytes);
    }

    @Override
    public void checkRunning() {
        stop.check();
    }

    @Override
    public Crew crew() {
        return crew;
    }

    /** Gives the disk back; the memory with the query, should it still be held. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            files.forEach(OperatorFile::close);
            files.clear();
        }
    }
}
