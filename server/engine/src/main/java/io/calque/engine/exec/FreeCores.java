package io.calque.engine.exec;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * How many cores other processes leave: a thread that has to wait for a core holds up the one that waits for its work. Looked at now and then.
 * Thread-safe.
 */
final class FreeCores {
    private static final long LOOKED_AT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int cores;
    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long lookedAt;
    private int free;

    FreeCores(int cores) {
        this.cores = cores;
        this.free = cores;
        this.lookedAt = System.nanoTime() - LOOKED_AT_EVERY_NANOS;
    }

    synchronized int count() {
        long now = System.nanoTime();
        if (cores > 1 && now - lookedAt >= LOOKED_AT_EVERY_NANOS) {
            lookedAt = now;
            // both are of the time since they were asked last, and negative where nobody knows
            double others = Math.max(0, machine.getCpuLoad() - Math.max(0, machine.getProcessCpuLoad()));
            free = (int) Math.max(1, Math.round(cores * (1 - others)));
        }
        return free;
    }
}
