package io.calque.engine;

import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An engine over fake sources, and a session on it. */
final class EngineFixture implements AutoCloseable {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-02-29T12:00:00Z"), ZoneOffset.UTC);

    final QueryEngine engine;
    final Session session;

    EngineFixture(EngineConfig config, AccessPolicy policy, FakeSource... sources) {
        FakeCatalog catalog =
                new FakeCatalog(Stream.of(sources).map(FakeSource::snapshot).toList());
        engine = new QueryEngine(config, catalog, new SourceSet(List.of(sources)), policy, List.of(), CLOCK);
        session = engine.open(Principal.LOCAL, Map.of());
    }

    static EngineFixture over(FakeSource... sources) {
        return new EngineFixture(EngineConfig.defaults(), AccessPolicy.allowAll(), sources);
    }

    /**
     * With these settings of the session.
     *
     * @param settings name, value, name, value
     */
    EngineFixture with(String... settings) {
        for (int i = 0; i < settings.length; i += 2) {
            session.set(settings[i], settings[i + 1]);
        }
        return this;
    }

    /** What a statement says in its first column, such as EXPLAIN, as lines. */
    String text(String sql) {
        return rows(sql).stream().map(row -> (String) row.get(0)).collect(Collectors.joining("\n"));
    }

    List<List<Object>> rows(String sql, Object... parameters) {
        try (QueryRun run = session.prepare(sql).run(List.of(parameters), RunOptions.DEFAULT)) {
            return rows(run);
        }
    }

    static List<List<Object>> rows(QueryRun run) {
        List<List<Object>> rows = new ArrayList<>();
        for (Optional<ColumnBatch> batch = run.next(); batch.isPresent(); batch = run.next()) {
            for (int i = 0; i < batch.get().rows(); i++) {
                List<Object> row = new ArrayList<>();
                for (ColumnVector column : batch.get().columns()) {
                    row.add(column.get(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
