package io.calque.registry.introspect;

import io.calque.registry.drift.Impact;
import io.calque.registry.introspect.SourceReport.Outcome;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Introspects each source now and then: every so often, give or take a tenth, so that sources and servers do not fall into step.
 * Thread-safe; one source at a time.
 */
public final class IntrospectionSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionSchedule.class);
    private static final double JITTER = 0.1;

    private final IntrospectionService introspection;
    private final Function<SourceId, Optional<Source>> sources;
    private final Function<SourceId, Optional<Duration>> every;
    private final ScheduledExecutorService timer;
    private final Random random;
    private final Set<SourceId> scheduled = ConcurrentHashMap.newKeySet();

    /**
     * @param sources a source as it is configured now; empty when it no longer is
     * @param every empty for a source that is not to be looked at
     * @param timer runs introspections; stays the caller's to close, which ends the schedule
     */
    public IntrospectionSchedule(
            IntrospectionService introspection,
            Function<SourceId, Optional<Source>> sources,
            Function<SourceId, Optional<Duration>> every,
            ScheduledExecutorService timer,
            Random random) {
        this.introspection = introspection;
        this.sources = sources;
        this.every = every;
        this.timer = timer;
        this.random = random;
    }

    /** Schedules those that are not yet. */
    public void add(Collection<SourceId> ids) {
        for (SourceId id : ids) {
            Optional<Duration> period = every.apply(id);
            if (period.isPresent() && scheduled.add(id)) {
                LOG.info("introspection scheduled source={} every={}", id, period.get());
                next(id, period.get());
            }
        }
    }

    private void next(SourceId id, Duration period) {
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        try {
            timer.schedule(() -> run(id, period), (long) (period.toMillis() * factor), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("introspection not scheduled source={}: stopping", id);
        }
    }

    private void run(SourceId id, Duration period) {
        Optional<Source> source = sources.apply(id);
        if (source.isEmpty()) {
            scheduled.remove(id);
            return;
        }
        try {
            introspection.introspect(List.of(source.get()), Progress.SILENT).forEach(IntrospectionSchedule::report);
        } catch (QueryException e) {
            LOG.warn("introspection failed source={} code={} reason={}", id, e.code(), e.getMessage());
        } finally {
            next(id, period);
        }
    }

    private static void report(SourceReport report) {
        long breaking = report.changes().stream()
                .filter(c -> c.impact() == Impact.BREAKING)
                .count();
        if (breaking > 0) {
            LOG.warn(
                    "source changed source={} version={} changes={} breaking={}",
                    report.source(),
                    report.version(),
                    report.changes().size(),
                    breaking);
            report.changes().stream()
                    .filter(c -> c.impact() == Impact.BREAKING)
                    .limit(20)
                    .forEach(c -> LOG.warn("source={} {}", report.source(), c.description()));
        } else if (report.outcome() != Outcome.FAILED) {
            LOG.info(
                    "introspected source={} outcome={} version={} changes={} milliseconds={}",
                    report.source(),
                    report.outcome(),
                    report.version(),
                    report.changes().size(),
                    report.duration().toMillis());
        }
    }
}
