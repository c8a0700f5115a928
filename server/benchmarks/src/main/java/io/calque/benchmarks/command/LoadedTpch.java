package io.calque.benchmarks.command;

import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.BenchmarkServer;
import io.calque.benchmarks.servers.PostgresHost;
import io.calque.benchmarks.tpch.TpchReference;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.benchmarks.tpch.TpchWorld;
import io.calque.benchmarks.world.RecordedRead;
import io.calque.benchmarks.world.RecordingSource;
import io.calque.engine.EngineConfig;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** TPC-H loaded, Calque running over it, and what it sends its sources. Thread-safe. */
final class LoadedTpch implements AutoCloseable {
    private final PostgresHost postgres;
    private final TpchReference reference;
    private final TpchWorld world;
    private final BenchmarkServer server;
    private final List<RecordedRead> reads = new CopyOnWriteArrayList<>();

    private LoadedTpch(PostgresHost postgres, TpchReference reference, TpchWorld world, EngineConfig config) {
        this.postgres = postgres;
        this.reference = reference;
        this.world = world;
        this.server = BenchmarkServer.start(world.sources(), config, source -> new RecordingSource(source, reads::add));
    }

    static LoadedTpch load(BenchSettings settings, EngineConfig config, Invocation invocation) {
        double scaleFactor = settings.scaleFactor();
        TpchSplit split = settings.split();
        say(
                invocation,
                "loading TPC-H " + scaleFactor + " whole into "
                        + settings.servers().postgresName() + " ...");
        PostgresHost postgres = settings.servers().postgres();
        return orClose(postgres::close, () -> {
            TpchReference reference = TpchReference.load(scaleFactor, postgres);
            return orClose(reference::close, () -> {
                String name = split.name().toLowerCase(Locale.ROOT);
                say(invocation, "loading it again, split " + name + " over PostgreSQL, MongoDB and SQLite ...");
                TpchWorld world = TpchWorld.load(
                        split, scaleFactor, postgres, settings.servers().mongo());
                return orClose(world::close, () -> {
                    say(invocation, "introspecting ...");
                    return new LoadedTpch(postgres, reference, world, config);
                });
            });
        });
    }

    private static <T> T orClose(Runnable close, Supplier<T> make) {
        try {
            return make.get();
        } catch (RuntimeException e) {
            try {
                close.run();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
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
                reference;
                world;
                server) {
            reads.clear();
        }
    }
}
