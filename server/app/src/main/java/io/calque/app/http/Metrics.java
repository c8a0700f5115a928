package io.calque.app.http;

import io.calque.app.avatica.AvaticaService;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts requests, and shows counters in Prometheus' form. Thread-safe. The registry is made when it is first asked for. */
final class Metrics {
    private final AvaticaService avatica;
    private final LongAdder avaticaRequests = new LongAdder();
    private final LongAdder sqlRequests = new LongAdder();
    private @Nullable PrometheusMeterRegistry registry;

    Metrics(AvaticaService avatica) {
        this.avatica = avatica;
    }

    void avaticaRequest() {
        avaticaRequests.increment();
    }

    void sqlRequest() {
        sqlRequests.increment();
    }

    synchronized String scrape() {
        PrometheusMeterRegistry current = registry;
        if (current == null) {
            current = create();
            registry = current;
        }
        return current.scrape();
    }

    private PrometheusMeterRegistry create() {
        PrometheusMeterRegistry created = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FunctionCounter.builder("calque.requests", avaticaRequests, LongAdder::sum)
                .tag("endpoint", "avatica")
                .description("Requests served")
                .register(created);
        FunctionCounter.builder("calque.requests", sqlRequests, LongAdder::sum)
                .tag("endpoint", "sql")
                .description("Requests served")
                .register(created);
        FunctionCounter.builder(
                        "calque.queries", avatica, service -> service.queries().total())
                .description("Queries started")
                .register(created);
        Gauge.builder(
                        "calque.queries.running",
                        avatica,
                        service -> service.queries().count())
                .description("Queries that have not ended")
                .register(created);
        Gauge.builder("calque.connections", avatica, AvaticaService::connections)
                .description("Open JDBC connections")
                .register(created);
        new JvmMemoryMetrics().bindTo(created);
        new JvmThreadMetrics().bindTo(created);
        return created;
    }
}
