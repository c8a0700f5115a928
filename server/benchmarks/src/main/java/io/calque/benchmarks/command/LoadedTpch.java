package io.calque.benchmarks.command;

import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.BenchmarkServer;
import io.calque.benchmarks.tpch.TpchReference;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.benchmarks.tpch.TpchWorld;
import io.calque.benchmarks.world.RecordedRead;
import io.calque.benchmarks.world.RecordingSource;
import io.calque.embedded.PostgresServer;
import io.calque.engine.EngineConfig;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** TPC-H loaded, Calque running over it, and what it sends its sources. Thread-safe. */
final class LoadedTpch implements AutoCloseable {
    private static final Map<String, String> POSTGRES =
            Map.of("shared_buffers", "1GB", "work_mem", "64MB", "max_wal_size", "8GB");

    private final PostgresServer postgres;
    private final TpchReference reference;
    private final TpchWorld world;
    private final BenchmarkServer server;
    private final List<RecordedRead> reads = new CopyOnWriteArrayList<>();

    private LoadedTpch(double scaleFactor, TpchSplit split, EngineConfig config, Invocation invocation) {
        String name = split.name().toLowerCase(Locale.ROOT);
        say(invocation, "starting PostgreSQL, loading TPC-H " + scaleFactor + " whole ...");
        postgres = PostgresServer.start(POSTGRES);
        reference = TpchReference.load(scaleFactor, postgres);
        say(invocation, "loading it again, split " + name + " over PostgreSQL, MongoDB and SQLite ...");
        world = TpchWorld.load(split, scaleFactor, postgres);
        say(invocation, "introspecting ...");
        server = BenchmarkServer.start(world.sources(), config, source -> new RecordingSource(source, reads::add));
    }

    static LoadedTpch load(BenchSettings settings, EngineConfig config, Invocation invocation) {
        return new LoadedTpch(settings.scaleFactor(), settings.split(), config, invocation);
    }

    static void say(Invocation invocation, String line) {
        invocation.error().println(line);
    }

    TpchReference reference() {
        return reference;
    }

    TpchWorld world() {
        return world;
    }

    BenchmarkServer server() {
        return server;
    }

    /** A session in this process. */
    Session session() {
        return server.engine().open(Principal.LOCAL, Map.of());
    }

    /** What {@code work} made Calque send. */
    List<RecordedRead> readsOf(Runnable work) {
        reads.clear();
        work.run();
        return List.copyOf(reads);
    }

    @Override
    public void close() {
        try (postgres;
                world;
                server) {
            reads.clear();
        }
    }
}
