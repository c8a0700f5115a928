package io.calque.benchmarks.tpch;

import io.calque.benchmarks.BenchmarkServer;
import io.calque.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/**
 * TPC-H at one scale factor: PostgreSQL with all tables, both splits, and Calque over each of them. Thread-safe.
 */
public final class TpchInstallation implements AutoCloseable {
    private final double scaleFactor;
    private final PostgresServer postgres;
    private final TpchReference reference;
    private final Map<TpchSplit, TpchWorld> worlds = new EnumMap<>(TpchSplit.class);
    private final Map<TpchSplit, BenchmarkServer> servers = new EnumMap<>(TpchSplit.class);

    private TpchInstallation(double scaleFactor) {
        this.scaleFactor = scaleFactor;
        postgres = PostgresServer.start();
        reference = TpchReference.load(scaleFactor, postgres);
        for (TpchSplit split : TpchSplit.values()) {
            TpchWorld world = TpchWorld.load(split, scaleFactor, postgres);
            worlds.put(split, world);
            servers.put(split, BenchmarkServer.start(world.sources()));
        }
    }

    /** Starts all of it; at scale factor 0.01 that takes seconds. */
    public static TpchInstallation start(double scaleFactor) {
        return new TpchInstallation(scaleFactor);
    }

    public double scaleFactor() {
        return scaleFactor;
    }

    public TpchReference reference() {
        return reference;
    }

    public TpchWorld world(TpchSplit split) {
        return worlds.get(split);
    }

    public BenchmarkServer server(TpchSplit split) {
        return servers.get(split);
    }

    /** Asks Calque through the remote driver, in a session of its own. */
    public TpchAnswer ask(int number, TpchSplit split, String pushdown) throws SQLException {
        TpchQuery query = TpchQuery.of(number, scaleFactor);
        try (Connection connection = server(split).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set pushdown to " + (pushdown.equals("bound") ? "on" : pushdown));
            statement.execute("set bind_joins to " + (pushdown.equals("bound") ? "always" : "by_cost"));
            statement.execute("set scan_splits to " + (pushdown.equals("bound") ? "3" : "auto"));
            statement.execute("set local_threads to " + (pushdown.equals("bound") ? "3" : "auto"));
            statement.setQueryTimeout(600);
            try (ResultSet rows = statement.executeQuery(query.sql())) {
                return TpchAnswer.read(query, rows);
            }
        }
    }

    @Override
    public void close() {
        servers.values().forEach(BenchmarkServer::close);
        worlds.values().forEach(TpchWorld::close);
        postgres.close();
    }
}
