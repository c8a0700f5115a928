package io.calque.benchmarks.fragments;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.calque.benchmarks.tpch.TpchWorld;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the hand-written fragments of one query through the databases' own drivers: each as soon as the values are there that it takes
 * from others, on a connection that is already open. One caller at a time.
 */
public final class BestFetches implements AutoCloseable {
    /** Fetches with the values of other fragments. */
    private interface Fetch {
        Rows with(Function<Fragment.Slot, Collection<Object>> values) throws SQLException;
    }

    private final BestFragments best;
    private final MongoClient mongo;
    private final Map<String, Fetch> fetches = new LinkedHashMap<>();
    private final List<SqlFetch> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public BestFetches(BestFragments best, TpchWorld world) throws SQLException {
        this.best = best;
        this.mongo = MongoClients.create(world.mongo().connectionString());
        for (Fragment fragment : best.fragments()) {
            if (fragment.source().equals("mongo")) {
                MongoFetch fetch =
                        new MongoFetch(mongo.getDatabase(world.mongo().database()), fragment);
                fetches.put(fragment.name(), fetch::fetch);
            } else {
                SqlFetch fetch = new SqlFetch(
                        fragment.source().equals("pg")
                                ? world.postgres().connect()
                                : world.sqlite().connect(),
                        fragment);
                connections.add(fetch);
                fetches.put(fragment.name(), fetch::fetch);
            }
        }
    }

    /** Fetches everything once. */
    public void run() {
        rows();
    }

    /** What each fragment brought. */
    Map<String, Rows> rows() {
        Map<String, Future<Rows>> running = new LinkedHashMap<>();
        for (Fragment fragment : best.fragments()) {
            Map<String, Future<Rows>> before = Map.copyOf(running);
            Fetch fetch = Objects.requireNonNull(fetches.get(fragment.name()));
            running.put(
                    fragment.name(),
                    threads.submit(() -> fetch.with(slot ->
                            await(before.get(slot.fragment()), slot.fragment()).of(slot))));
        }
        Map<String, Rows> all = new LinkedHashMap<>();
        for (Map.Entry<String, Future<Rows>> one : running.entrySet()) {
            all.put(one.getKey(), await(one.getValue(), one.getKey()));
        }
        return all;
    }

    private static Rows await(@Nullable Future<Rows> rows, String name) {
        if (rows == null) {
            throw new IllegalStateException("Fragment " + name + " is not among those before");
        }
        try {
            return rows.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Fragment " + name + " cannot be fetched: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        mongo.close();
        for (SqlFetch connection : connections) {
            connection.close();
        }
    }
}
