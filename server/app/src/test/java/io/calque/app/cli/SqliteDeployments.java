package io.calque.app.cli;

import io.calque.app.client.JdbcClient;
import io.calque.app.client.QueryClient;
import io.calque.app.config.Configuration;
import io.calque.app.config.ServerSettings;
import io.calque.app.config.SourceChanges;
import io.calque.app.deployment.Deployment;
import io.calque.app.deployment.DeploymentFactory;
import io.calque.app.deployment.IntrospectionOutcome;
import io.calque.registry.store.RecordedChange;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Stands where the engine will: an empty SQLite database answers, and introspection only remembers that it was asked. */
final class SqliteDeployments implements DeploymentFactory {
    final List<SourceId> introspected = new ArrayList<>();

    @Override
    public SortedSet<String> kinds() {
        return new TreeSet<>(List.of("broken", "sqlite"));
    }

    @Override
    public Source openSource(SourceConfig config) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deployment open(Configuration configuration) {
        return new SqliteDeployment(configuration);
    }

    private final class SqliteDeployment implements Deployment {
        private final Configuration configuration;

        SqliteDeployment(Configuration configuration) {
            this.configuration = configuration;
        }

        @Override
        public CatalogSnapshot catalog() {
            return new CatalogSnapshot(0, Instant.EPOCH, List.of(), List.of());
        }

        @Override
        public List<SourceId> unknownSources() {
            return configuration.sources().stream()
                    .map(source -> source.id())
                    .filter(id -> !introspected.contains(id))
                    .toList();
        }

        @Override
        public List<IntrospectionOutcome> introspect(List<SourceId> sources, Progress progress) {
            introspected.addAll(sources);
            return sources.stream().map(this::outcome).toList();
        }

        private IntrospectionOutcome outcome(SourceId id) {
            boolean broken = configuration.sources().stream()
                    .anyMatch(source -> source.id().equals(id) && source.kind().equals("broken"));
            return new IntrospectionOutcome(
                    id,
                    broken ? 0 : 3,
                    Duration.ofMillis(12),
                    broken ? List.of() : List.of("field x left out"),
                    broken ? Optional.of("Source '" + id + "' cannot be reached") : Optional.empty());
        }

        @Override
        public List<RecordedChange> changesAfter(long version) {
            return List.of();
        }

        @Override
        public QueryClient connect() {
            try {
                return new JdbcClient(DriverManager.getConnection("jdbc:sqlite::memory:"));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Endpoint serve(ServerSettings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void apply(SourceChanges changes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
