package io.calque.app.doctor;

import io.calque.spi.QueryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks at the same time, none longer than its time. Thread-safe. */
public final class Doctor {
    private final Duration patience;

    /** @param patience for all checks together, since they run at once */
    public Doctor(Duration patience) {
        this.patience = patience;
    }

    /**
     * @param checks by subject
     * @return in the order of the checks; a check that does not end in time is an error of its own
     */
    public List<Finding> examine(Map<String, Check> checks) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "calque-doctor");
            // A driver that ignores interrupts must not keep the process.
            thread.setDaemon(true);
            return thread;
        });
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            Map<String, Future<List<Finding>>> running = new LinkedHashMap<>();
            checks.forEach((subject, check) -> running.put(subject, threads.submit(check::findings)));
            List<Finding> findings = new ArrayList<>();
            running.forEach((subject, future) -> findings.addAll(result(subject, future, deadline)));
            return findings;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Finding> result(String subject, Future<List<Finding>> future, long deadline) {
        try {
            return future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            return List.of(Finding.error(
                    subject,
                    "does not answer within " + patience.toSeconds() + " s",
                    "See that host and port are right and that no firewall drops the packets; --timeout waits longer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.error(subject, "was not looked at to the end: interrupted", ""));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String reason = cause instanceof QueryException ? String.valueOf(cause.getMessage()) : cause.toString();
            return List.of(Finding.error(subject, reason, "CALQUE_LOG=debug tells more"));
        }
    }
}
