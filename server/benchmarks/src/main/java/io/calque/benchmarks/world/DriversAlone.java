package io.calque.benchmarks.world;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoIterable;
import io.calque.benchmarks.tpch.TpchWorld;
import io.calque.mongodb.pipeline.FindForm;
import io.calque.mongodb.pipeline.PipelineQuery;
import io.calque.spi.source.NativeQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;

/**
 * The databases' own drivers, fetching what Calque fetches: all at the same time, each on a connection that is already open, every value
 * looked at. Requests with values in them, which depend on what another source has answered, are left out. Single-threaded.
 */
public final class DriversAlone implements AutoCloseable {
    /** What an embedded MongoDB server needs: without it, its replies grow beyond what the driver takes. */
    private static final int BATCH = 2048;

    private final TpchWorld world;
    private final MongoClient mongo;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public DriversAlone(TpchWorld world) {
        this.world = world;
        this.mongo = MongoClients.create(world.mongo().connectionString());
    }

    /** Those that can be said again without knowing anything else. */
    public static List<NativeQuery> independent(List<RecordedRead> reads) {
        return reads.stream()
                .map(RecordedRead::query)
                .filter(query -> query.slots().isEmpty())
                .toList();
    }

    /** The connections for some queries, opened before anything is timed. */
    public final class Fetches implements AutoCloseable {
        private final List<Callable<Long>> fetches = new ArrayList<>();
        private final List<Connection> connections = new ArrayList<>();

        private Fetches(List<NativeQuery> queries) throws SQLException {
            for (NativeQuery query : queries) {
                if (query instanceof PipelineQuery pipeline) {
                    fetches.add(() -> documents(pipeline));
                    continue;
                }
                boolean postgres = query.source().value().equals("pg");
                Connection connection =
                        postgres ? world.postgres().connect() : world.sqlite().connect();
                connections.add(connection);
                // without this PostgreSQL's driver keeps the whole answer in memory first
                connection.setAutoCommit(!postgres);
                fetches.add(() -> rows(connection, query.text()));
            }
        }

        /** Fetches everything once. */
        public void run() throws SQLException {
            List<Future<Long>> running = fetches.stream().map(threads::submit).toList();
            for (Future<Long> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    throw new SQLException("A driver alone cannot fetch what Calque fetches", e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SQLException("interrupted", e);
                }
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /** Prepares to fetch these together. */
    public Fetches fetches(List<NativeQuery> queries) throws SQLException {
        return new Fetches(queries);
    }

    private static long rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery(sql)) {
                int width = rows.getMetaData().getColumnCount();
                long seen = 0;
                while (rows.next()) {
                    for (int column = 1; column <= width; column++) {
                        seen += rows.getObject(column) == null ? 0 : 1;
                    }
                }
                return seen;
            }
        }
    }

    private long documents(PipelineQuery query) {
        MongoCollection<Document> collection =
                mongo.getDatabase(query.database()).getCollection(query.collection());
        MongoIterable<Document> found = FindForm.of(query.stages())
                .<MongoIterable<Document>>map(form -> {
                    var find = collection.find(form.filter()).sort(form.sort()).projection(form.projection());
                    form.skip().ifPresent(skip -> find.skip(skip.asNumber().intValue()));
                    form.limit().ifPresent(limit -> find.limit(limit.asNumber().intValue()));
                    return find;
                })
                .orElseGet(() -> collection.aggregate(query.stages()));
        long seen = 0;
        try (MongoCursor<Document> cursor = found.batchSize(BATCH).cursor()) {
            while (cursor.hasNext()) {
                seen += cursor.next().size();
            }
        }
        return seen;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        mongo.close();
    }
}
