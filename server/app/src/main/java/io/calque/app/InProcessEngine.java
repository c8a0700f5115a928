package io.calque.app;

import io.calque.app.avatica.AvaticaService;
import io.calque.app.config.ConfigurationReader;
import io.calque.driver.LocalEngine;
import io.calque.spi.SourceId;
import io.calque.spi.source.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The engine behind {@code jdbc:calque:file:}. Connections to one configuration share one engine; the last one that closes stops
 * it. Thread-safe.
 */
public final class InProcessEngine implements LocalEngine {
    // The driver finds a new instance of this class for each connection: only here can these meet.
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    @Override
    public Channel open(String configPath, Map<String, String> properties) {
        Path file = Path.of(configPath).toAbsolutePath().normalize();
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(file, InProcessEngine::start);
            shared.users++;
            return new SharedChannel(file, shared);
        }
    }

    private static Shared start(Path file) {
        Main main = new Main(Clock.systemUTC());
        LocalDeployment deployment = main.open(new ConfigurationReader(main.kinds(), System.getenv()).read(file));
        try {
            List<SourceId> unknown = deployment.unknownSources();
            if (!unknown.isEmpty()) {
                deployment.introspect(unknown, Progress.SILENT);
                // questions in plain language join along them from the first one on
                deployment.relate(Progress.SILENT);
            }
            return new Shared(deployment, new AvaticaService(deployment.sessions()));
        } catch (RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    private static void leave(Path file, Shared shared) {
        synchronized (OPEN) {
            shared.users--;
            if (shared.users > 0) {
                return;
            }
            OPEN.remove(file);
        }
        shared.service.close();
        shared.deployment.close();
    }

    /** One engine and how many connections use it; guarded by the map it is in. */
    private static final class Shared {
        private final LocalDeployment deployment;
        private final AvaticaService service;
        private int users;

        Shared(LocalDeployment deployment, AvaticaService service) {
            this.deployment = deployment;
            this.service = service;
        }
    }

    private static final class SharedChannel implements Channel {
        private final Path file;
        private final Shared shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        SharedChannel(Path file, Shared shared) {
            this.file = file;
            this.shared = shared;
        }

        @Override
        public byte[] exchange(byte[] request) {
            return shared.service.handle(request);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                leave(file, shared);
            }
        }
    }
}
