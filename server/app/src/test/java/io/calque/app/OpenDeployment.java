package io.calque.app;

import io.calque.app.config.Configuration;
import io.calque.app.deployment.Deployment;
import io.calque.engine.SessionFactory;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.source.Progress;
import java.time.Clock;
import java.util.List;

/** The whole of Calque in this process, for tests of other packages. */
public final class OpenDeployment implements AutoCloseable {
    private final LocalDeployment deployment;

    private OpenDeployment(LocalDeployment deployment) {
        this.deployment = deployment;
    }

    public static OpenDeployment of(Configuration configuration) {
        OpenDeployment open = new OpenDeployment(new Main(Clock.systemUTC()).open(configuration));
        open.introspect(open.deployment.unknownSources());
        return open;
    }

    public Deployment deployment() {
        return deployment;
    }

    public SessionFactory sessions() {
        return deployment.sessions();
    }

    public CatalogSnapshot catalog() {
        return deployment.catalog();
    }

    /** Fails when a source fails. */
    public void introspect(List<SourceId> sources) {
        deployment
                .introspect(sources, Progress.SILENT)
                .forEach(outcome -> outcome.failure().ifPresent(failure -> {
                    throw new AssertionError(failure);
                }));
    }

    @Override
    public void close() {
        deployment.close();
    }
}
