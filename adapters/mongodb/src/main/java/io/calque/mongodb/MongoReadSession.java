package io.calque.mongodb;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoException;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoIterable;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerDescription;
import io.calque.mongodb.cursor.Mismatch;
import io.calque.mongodb.cursor.PipelineCursor;
import io.calque.mongodb.pipeline.FindForm;
import io.calque.mongodb.pipeline.PipelineQuery;
import io.calque.mongodb.pipeline.Slots;
import io.calque.mongodb.pipeline.Unwinding;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One query's reads from one MongoDB deployment: in one server session where there are sessions, reading one snapshot where
 * the deployment offers snapshots (replica sets and sharded clusters from MongoDB 5.0). Thread-safe.
 */
final class MongoReadSession implements ReadSession {
    /** In one reply. */
    private static final int MOST_DOCUMENTS = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(MongoReadSession.class);
    /** MongoDB 5.0, the first with snapshot reads outside transactions. */
    private static final int SNAPSHOT_WIRE_VERSION = 13;

    private final SourceId source;
    private final String address;
    private final MongoClient client;
    private final ReadOptions options;
    private final Mismatch mismatch;
    private final Consistency consistency;
    private final Optional<ClientSession> session;
    private final Set<RowCursor> cursors = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private MongoReadSession(
            SourceId source,
            String address,
            MongoClient client,
            ReadOptions options,
            Mismatch mismatch,
            Optional<ClientSession> session,
            Consistency consistency) {
        this.source = source;
        this.address = address;
        this.client = client;
        this.options = options;
        this.mismatch = mismatch;
        this.session = session;
        this.consistency = consistency;
    }

    /**
     * @param snapshots whether the deployment was seen to serve snapshot reads; asked only where it should
     */
    static MongoReadSession open(
            SourceId source,
            String address,
            MongoClient client,
            ReadOptions options,
            Mismatch mismatch,
            BooleanSupplier snapshots) {
        try {
            // Selecting a server here makes an unreachable source fail before the query has started anything elsewhere.
            ClusterDescription cluster = connected(client);
            if (cluster.getLogicalSessionTimeoutMinutes() == null) {
                return new MongoReadSession(
                        source, address, client, options, mismatch, Optional.empty(), Consistency.UNSYNCHRONISED);
            }
            Consistency consistency = offersSnapshots(cluster) && snapshots.getAsBoolean()
                    ? Consistency.SNAPSHOT
                    : Consistency.UNSYNCHRONISED;
            ClientSession session = client.startSession(sessionOptions(consistency));
            return new MongoReadSession(source, address, client, options, mismatch, Optional.of(session), consistency);
        } catch (RuntimeException e) {
            throw Failures.of(source, address, "while opening a session", e);
        }
    }

    private static ClientSessionOptions sessionOptions(Consistency consistency) {
        boolean snapshot = consistency == Consistency.SNAPSHOT;
        return ClientSessionOptions.builder()
                .snapshot(snapshot)
                .causallyConsistent(!snapshot)
                .build();
    }

    /** Reads nothing from a collection that need not exist, in a snapshot: whether the server takes such reads. */
    static boolean servesSnapshots(MongoClient client, String database) {
        try (ClientSession session = client.startSession(sessionOptions(Consistency.SNAPSHOT))) {
            client.getDatabase(database)
                    .getCollection("calque_probe")
                    .find(session)
                    .limit(1)
                    .first();
            return true;
        } catch (MongoException e) {
            LOG.info("MongoDB offers no snapshot reads: {}", e.getMessage());
            return false;
        }
    }

    private static ClusterDescription connected(MongoClient client) {
        ClusterDescription known = client.getClusterDescription();
        if (known.getServerDescriptions().stream().anyMatch(ServerDescription::isOk)) {
            return known;
        }
        // Any command selects a server, within the server selection timeout.
        client.getDatabase("admin").runCommand(BsonDocument.parse("{ping: 1}"));
        return client.getClusterDescription();
    }

    private static boolean offersSnapshots(ClusterDescription cluster) {
        boolean replicated = cluster.getType() == ClusterType.REPLICA_SET || cluster.getType() == ClusterType.SHARDED;
        return replicated
                && cluster.getServerDescriptions().stream()
                        .filter(ServerDescription::isOk)
                        .allMatch(server -> server.getMaxWireVersion() >= SNAPSHOT_WIRE_VERSION);
    }

    @Override
    public RowCursor read(NativeQuery query, Bindings bindings) {
        if (!(query instanceof PipelineQuery pipeline)) {
            throw new IllegalArgumentException("not a query of MongoDB: " + query.text());
        }
        String doing = "while starting to read " + pipeline.database() + "." + pipeline.collection();
        long deadlineNanos = System.nanoTime() + options.timeout().toNanos();
        stopIfCancelled(doing, null);
        LOG.debug("query_id={} source={} native={}", options.queryId(), source, pipeline);
        try {
            PipelineCursor cursor = new PipelineCursor(
                    pipeline,
                    address,
                    start(pipeline, Slots.fill(pipeline.stages(), bindings)),
                    Slots.fill(pipeline.unwinding().map(Unwinding::keep).orElseGet(BsonDocument::new), bindings),
                    mismatch,
                    options.batchRows(),
                    deadlineNanos,
                    cancelled::get,
                    () -> requireCollection(pipeline));
            cursors.add(cursor);
            if (closed.get() || cancelled.get()) {
                cursor.close();
            }
            return cursor;
        } catch (RuntimeException e) {
            stopIfCancelled(doing, e);
            throw Failures.of(source, address, doing, e);
        }
    }

    /**
     * MongoDB answers for a collection that was dropped or renamed as for an empty one. That a table has no rows and that there is no
     * such table are different answers, so an empty one is looked into, at one more round trip.
     */
    private void requireCollection(PipelineQuery query) {
        boolean known = false;
        try {
            // Compared here too: not every server that speaks the protocol knows the filter.
            for (String name : client.getDatabase(query.database())
                    .listCollectionNames()
                    .authorizedCollections(true)
                    .filter(new BsonDocument("name", new BsonString(query.collection())))) {
                known |= name.equals(query.collection());
            }
        } catch (MongoException e) {
            // Who may read a collection need not be allowed to list any; then its emptiness has to be believed.
            LOG.debug("query_id={} source={} listCollections failed: {}", options.queryId(), source, e.getMessage());
            return;
        }
        if (!known) {
            throw new QueryException(
                    ErrorCode.SOURCE_CHANGED,
                    "Source '" + source + "' has changed since it was introspected: it has no collection "
                            + query.database() + "." + query.collection() + " any more. Introspect it again");
        }
    }

    private MongoCursor<RawBsonDocument> start(PipelineQuery query, List<BsonDocument> stages) {
        MongoCollection<RawBsonDocument> collection =
                client.getDatabase(query.database()).getCollection(query.collection(), RawBsonDocument.class);
        long millis = Math.max(1, options.timeout().toMillis());
        MongoIterable<RawBsonDocument> documents = FindForm.of(stages)
                .<MongoIterable<RawBsonDocument>>map(find -> find(collection, find, millis))
                .orElseGet(() -> aggregate(collection, stages, millis))
                // A reply without a batch size may pass the driver's message limit.
                .batchSize(Math.min(options.batchRows(), MOST_DOCUMENTS));
        if (consistency != Consistency.SNAPSHOT) {
            return documents.cursor();
        }
        // The first reply fixes the session's snapshot; the session object itself is not thread-safe until then.
        synchronized (this) {
            return documents.cursor();
        }
    }

    private FindIterable<RawBsonDocument> find(
            MongoCollection<RawBsonDocument> collection, FindForm find, long millis) {
        FindIterable<RawBsonDocument> documents =
                session.isPresent() ? collection.find(session.get(), find.filter()) : collection.find(find.filter());
        return documents
                .projection(find.projection().isEmpty() ? null : find.projection())
                .sort(find.sort().isEmpty() ? null : find.sort())
                .skip(rows(find.skip()))
                .limit(rows(find.limit()))
                .maxTime(millis, TimeUnit.MILLISECONDS)
                .comment(comment());
    }

    /** The wire protocol counts in 32 bits; more rows than that are all rows. */
    private static int rows(Optional<BsonValue> bound) {
        return bound.map(value ->
                        (int) Math.min(Integer.MAX_VALUE, value.asNumber().longValue()))
                .orElse(0);
    }

    private AggregateIterable<RawBsonDocument> aggregate(
            MongoCollection<RawBsonDocument> collection, List<BsonDocument> stages, long millis) {
        AggregateIterable<RawBsonDocument> documents =
                session.isPresent() ? collection.aggregate(session.get(), stages) : collection.aggregate(stages);
        return documents
                .maxTime(millis, TimeUnit.MILLISECONDS)
                .allowDiskUse(true)
                .comment(comment());
    }

    private String comment() {
        return "calque " + options.queryId();
    }

    private void stopIfCancelled(String doing, @Nullable RuntimeException cause) {
        if (cancelled.get() || closed.get()) {
            throw new QueryException(
                    ErrorCode.CANCELLED, "The query was cancelled " + doing + " (source '" + source + "')", cause);
        }
    }

    @Override
    public Consistency consistency() {
        return consistency;
    }

    @Override
    public void cancel() {
        if (!cancelled.compareAndSet(false, true)) {
            return;
        }
        session.ifPresent(this::killAtServer);
        cursors.forEach(RowCursor::close);
    }

    /** Stops every operation of this session, running or between batches; needs no right beyond one's own sessions. */
    private void killAtServer(ClientSession running) {
        BsonDocument id = running.getServerSession().getIdentifier();
        try {
            client.getDatabase("admin").runCommand(new BsonDocument("killSessions", new BsonArray(List.of(id))));
        } catch (MongoException e) {
            LOG.debug("query_id={} source={} killSessions failed: {}", options.queryId(), source, e.getMessage());
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            cursors.forEach(RowCursor::close);
            session.ifPresent(ClientSession::close);
        }
    }
}
