package io.calque.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How often something is done before it is timed, and how often then.
 *
 * @param warmUps from 0
 * @param timed from 1
 */
public record Rounds(int warmUps, int timed) {
    public Rounds {
        if (warmUps < 0 || timed < 1) {
            throw new IllegalArgumentException("At least one round must be timed");
        }
    }

    /** What is timed. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }

    /** Does each of these in every round, one after the other, so that all suffer alike from what else the machine does. */
    public List<Timing> inTurns(List<Work> works) throws SQLException {
        return inTurns(works, System::nanoTime);
    }

    /** The same by the clock of the calling thread's processor time, for work that this thread does alone. */
    public List<Timing> onProcessor(List<Work> works) throws SQLException {
        return inTurns(works, ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
    }

    /** The same by the processor time of all threads of this process, whatever language they are written in. */
    public List<Timing> onAllProcessors(List<Work> works) throws SQLException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return inTurns(works, process::getProcessCpuTime);
    }

    private List<Timing> inTurns(List<Work> works, LongSupplier clock) throws SQLException {
        double[][] millis = new double[works.size()][timed];
        for (int round = -warmUps; round < timed; round++) {
            for (int i = 0; i < works.size(); i++) {
                long start = clock.getAsLong();
                works.get(i).run();
                if (round >= 0) {
                    millis[i][round] = (clock.getAsLong() - start) / 1e6;
                }
            }
        }
        List<Timing> timings = new ArrayList<>();
        for (double[] one : millis) {
            timings.add(Timing.of(one));
        }
        return timings;
    }
}
