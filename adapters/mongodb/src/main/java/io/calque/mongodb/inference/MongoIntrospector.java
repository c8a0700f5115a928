package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.calque.mongodb.Failures;
import io.calque.mongodb.inference.CollectionReader.Learned;
import io.calque.spi.TableName;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.source.ValueScan;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Reads the schema of a MongoDB server from its collections. Thread-safe; reads only. */
public final class MongoIntrospector implements Introspector {
    private static final int UNAUTHORIZED = 13;
    /** More at once would load a server that has other work. */
    private static final int MAX_WORKERS = 8;

    private final SourceConfig config;
    private final List<String> databases;
    private final Optional<String> credentialDatabase;
    private final InferenceOptions options;
    private final Supplier<MongoClient> client;
    private final String address;
    private final Clock clock;

    /**
     * @param databases empty means all that the user may see
     * @param credentialDatabase where the user is known; empty without a user
     * @param client connects on first use
     * @param address how messages name the server
     */
    public MongoIntrospector(
            SourceConfig config,
            List<String> databases,
            Optional<String> credentialDatabase,
            InferenceOptions options,
            Supplier<MongoClient> client,
            String address,
            Clock clock) {
        this.config = config;
        this.databases = List.copyOf(databases);
        this.credentialDatabase = credentialDatabase;
        this.options = options;
        this.client = client;
        this.address = address;
        this.clock = clock;
    }

    @Override
    public Observation observe(Progress progress) {
        return observe(Optional.empty(), progress);
    }

    @Override
    public Observation observe(Optional<SourceSnapshot> known, Progress progress) {
        try {
            return observeAll(known, progress);
        } catch (RuntimeException e) {
            throw Failures.of(config.id(), address, "while introspecting", e);
        }
    }

    @Override
    public TableStatistics measure(TableDescriptor table, Budget budget) {
        TableName collection =
                table.nestedIn().map(nested -> nested.collection()).orElse(table.name());
        try {
            MongoCollection<BsonDocument> documents =
                    client.get().getDatabase(collection.schema()).getCollection(collection.table(), BsonDocument.class);
            OptionalDouble count = table.kind() == TableKind.VIEW
                    ? CollectionReader.computedCount(documents)
                    : CollectionReader.estimatedCount(documents);
            return new Measurement(table, budget, clock).of(documents, count);
        } catch (RuntimeException e) {
            throw Failures.of(config.id(), address, "while measuring " + table.name(), e);
        }
    }

    @Override
    public ValueScan values(TableDescriptor table, List<String> columns, Budget budget, ValueScan.Sink sink) {
        TableName collection =
                table.nestedIn().map(nested -> nested.collection()).orElse(table.name());
        try {
            return new ValueReading(table, columns, budget, sink)
                    .of(client.get()
                            .getDatabase(collection.schema())
                            .getCollection(collection.table(), BsonDocument.class));
        } catch (RuntimeException e) {
            throw Failures.of(config.id(), address, "while reading values of " + table.name(), e);
        }
    }

    @Override
    public Optional<Instant> clock() {
        try {
            BsonDocument hello = client.get()
                    .getDatabase("admin")
                    .runCommand(new BsonDocument("hello", new BsonInt32(1)), BsonDocument.class);
            return hello.isDateTime("localTime")
                    ? Optional.of(
                            Instant.ofEpochMilli(hello.getDateTime("localTime").getValue()))
                    : Optional.empty();
        } catch (RuntimeException e) {
            throw Failures.of(config.id(), address, "while asking for its time", e);
        }
    }

    private Observation observeAll(Optional<SourceSnapshot> snapshot, Progress progress) {
        MongoClient connected = client.get();
        BsonDocument build = connected
                .getDatabase("admin")
                .runCommand(new BsonDocument("buildInfo", new BsonInt32(1)), BsonDocument.class);
        String product = ("MongoDB "
                        + (build.isString("version")
                                ? build.getString("version").getValue()
                                : ""))
                .trim();
        List<String> warnings = new ArrayList<>();
        List<FoundCollection> found = new ArrayList<>();
        for (String database : Databases.of(config.id(), connected, databases, credentialDatabase, warnings)) {
            found.addAll(FoundCollection.in(connected.getDatabase(database)));
        }
        found.removeIf(c -> c.name().startsWith("system.")
                || !config.selects(c.database(), c.name()) && !mayHaveChildren(c.database(), c.name()));
        ServerFacts server = ServerFacts.of(connected, found);
        CollectionReader reader =
                new CollectionReader(config.id(), options, clock, settings(product, server), server.facts());
        Map<TableName, List<TableDescriptor>> known = byCollection(snapshot);
        NavigableSet<String> names = new TreeSet<>();
        found.forEach(c -> names.add(c.database() + "." + c.name()));
        ConcurrentLook look = new ConcurrentLook(
                config.id() + "-introspect", Math.min(config.permits(), MAX_WORKERS), options.lookTime(), progress);
        List<Optional<Learned>> learned = look.at(
                found,
                collection -> known.containsKey(name(collection)),
                collection -> read(
                        connected,
                        reader,
                        collection,
                        known.getOrDefault(name(collection), List.of()),
                        namedAsChildren(collection, names)));
        List<TableDescriptor> tables = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            FoundCollection collection = found.get(i);
            Learned one = learned.get(i)
                    .orElseGet(() -> notReached(collection, known.getOrDefault(name(collection), List.of())));
            warnings.addAll(one.warnings());
            tables.addAll(one.tables());
        }
        tables.removeIf(t -> !config.selects(t.name().schema(), t.name().table()));
        return new Observation(product, withoutClashes(tables, warnings), warnings);
    }

    private Learned read(
            MongoClient connected,
            CollectionReader reader,
            FoundCollection collection,
            List<TableDescriptor> known,
            String namedAsChildren) {
        String name = collection.database() + "." + collection.name();
        MongoDatabase database = connected.getDatabase(collection.database());
        try {
            return reader.read(database, collection, namedAsChildren, known);
        } catch (MongoException e) {
            if (!isOfOneCollection(e)) {
                throw e;
            }
            // A right that is missing hides the collection; whatever else fails says nothing of what it is.
            boolean hidden = e.getCode() == UNAUTHORIZED || known.isEmpty();
            return new Learned(
                    hidden ? List.of() : known,
                    List.of(name + (hidden ? " is left out: " : " is shown as it was: ") + e.getMessage()));
        }
    }

    private Learned notReached(FoundCollection collection, List<TableDescriptor> known) {
        return new Learned(
                known,
                List.of(collection.database() + "." + collection.name()
                        + (known.isEmpty() ? " is left out" : " is shown as it was")
                        + ": not reached within " + options.lookTime().toSeconds()
                        + " s (option introspection_seconds); the next introspection goes on from here"));
    }

    /** The server answered: no right to it, too slow to look at, a view that fails. Driver failures have negative codes. */
    private static boolean isOfOneCollection(MongoException e) {
        return e.getCode() > 0 && !(e instanceof MongoSecurityException);
    }

    /** Collections that take a name which a child table of this one may have. */
    private static String namedAsChildren(FoundCollection collection, NavigableSet<String> names) {
        String prefix = collection.database() + "." + collection.name() + ".";
        return names.tailSet(prefix).stream()
                .takeWhile(n -> n.startsWith(prefix))
                .toList()
                .toString();
    }

    private TableName name(FoundCollection collection) {
        return new TableName(config.id(), collection.database(), collection.name());
    }

    private String settings(String product, ServerFacts server) {
        return String.join(
                "\n",
                product,
                server.facts().toString(),
                options.toString(),
                config.include().toString(),
                config.exclude().toString());
    }

    private static Map<TableName, List<TableDescriptor>> byCollection(Optional<SourceSnapshot> snapshot) {
        Map<TableName, List<TableDescriptor>> known = new HashMap<>();
        snapshot.ifPresent(s -> s.tables()
                .forEach(table -> known.computeIfAbsent(
                                table.nestedIn().map(n -> n.collection()).orElse(table.name()),
                                name -> new ArrayList<>())
                        .add(table)));
        return known;
    }

    /** A pattern such as {@code orders.items} selects a child table of a collection that it does not select. */
    private boolean mayHaveChildren(String database, String collection) {
        return config.include().stream()
                .anyMatch(p -> p.startsWith(collection + ".") || p.startsWith(database + "." + collection + "."));
    }

    /** A child table refers to the table around it, which may have had to give way to a collection of its name. */
    private static TableDescriptor withoutReferencesTo(Set<TableName> collections, TableDescriptor table) {
        boolean orphan = table.nestedIn()
                .filter(n -> !n.parent().equals(n.collection()) && collections.contains(n.parent()))
                .isPresent();
        return !orphan
                ? table
                : new TableDescriptor(
                        table.name(),
                        table.kind(),
                        table.columns(),
                        table.primaryKey(),
                        table.uniqueKeys(),
                        List.of(),
                        table.indexes(),
                        table.nestedIn(),
                        table.statistics(),
                        table.comment(),
                        table.facts());
    }

    /** A collection may be called as another's child table is: {@code orders.items}. Its own name wins. */
    private static List<TableDescriptor> withoutClashes(List<TableDescriptor> tables, List<String> warnings) {
        Set<TableName> collections = new HashSet<>();
        tables.stream().filter(t -> t.nestedIn().isEmpty()).forEach(t -> collections.add(t.name()));
        List<TableDescriptor> kept = new ArrayList<>();
        for (TableDescriptor table : tables) {
            if (table.nestedIn().isPresent() && collections.contains(table.name())) {
                warnings.add(table.name() + " is a collection and also an array of "
                        + table.nestedIn().get().collection() + "; the array is left out");
                continue;
            }
            kept.add(withoutReferencesTo(collections, table));
        }
        return kept;
    }
}
