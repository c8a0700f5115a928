package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import io.calque.mongodb.Failures;
import io.calque.mongodb.inference.Sampler.Coverage;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.SourceConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Reads the schema of a MongoDB server from its collections. Thread-safe; reads only. */
public final class MongoIntrospector implements Introspector {
    private static final Set<String> SYSTEM_DATABASES = Set.of("admin", "local", "config");
    private static final long COUNT_SECONDS = 5;

    private final SourceConfig config;
    private final List<String> databases;
    private final InferenceOptions options;
    private final Supplier<MongoClient> client;
    private final String address;
    private final Clock clock;

    /**
     * @param databases empty means all that the user may see
     * @param client connects on first use
     * @param address how messages name the server
     */
    public MongoIntrospector(
            SourceConfig config,
            List<String> databases,
            InferenceOptions options,
            Supplier<MongoClient> client,
            String address,
            Clock clock) {
        this.config = config;
        this.databases = List.copyOf(databases);
        this.options = options;
        this.client = client;
        this.address = address;
        this.clock = clock;
    }

    @Override
    public Observation observe(Progress progress) {
        try {
            return observeAll(progress);
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
            return new Measurement(table, budget, clock).of(documents, count(documents, table.kind()));
        } catch (RuntimeException e) {
            throw Failures.of(config.id(), address, "while measuring " + table.name(), e);
        }
    }

    private Observation observeAll(Progress progress) {
        MongoClient connected = client.get();
        BsonDocument build = connected
                .getDatabase("admin")
                .runCommand(new BsonDocument("buildInfo", new BsonInt32(1)), BsonDocument.class);
        String product = "MongoDB "
                + (build.isString("version") ? build.getString("version").getValue() : "");

        List<FoundCollection> found = new ArrayList<>();
        for (String database : databases.isEmpty() ? visibleDatabases(connected) : databases) {
            found.addAll(FoundCollection.in(connected.getDatabase(database)));
        }
        found.removeIf(c -> c.name().startsWith("system.")
                || !config.selects(c.database(), c.name()) && !mayHaveChildren(c.database(), c.name()));

        List<TableDescriptor> tables = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        int done = 0;
        for (FoundCollection collection : found) {
            progress.report(done++, found.size(), collection.database() + "." + collection.name());
            try {
                tables.addAll(observe(connected.getDatabase(collection.database()), collection, warnings));
            } catch (MongoException e) {
                if (!isOfOneCollection(e)) {
                    throw e;
                }
                warnings.add(collection.database() + "." + collection.name() + " is left out: " + e.getMessage());
            }
        }
        progress.report(done, found.size(), "");
        return new Observation(product.trim(), withoutClashes(tables, warnings), warnings);
    }

    /** The server answered: no right to it, too slow to look at, a view that fails. Driver failures have negative codes. */
    private static boolean isOfOneCollection(MongoException e) {
        return e.getCode() > 0 && !(e instanceof MongoSecurityException);
    }

    private static List<String> visibleDatabases(MongoClient connected) {
        List<String> names = new ArrayList<>();
        connected.listDatabaseNames().forEach(names::add);
        names.removeIf(SYSTEM_DATABASES::contains);
        return names.stream().sorted().toList();
    }

    /** A pattern such as {@code orders.items} selects a child table of a collection that it does not select. */
    private boolean mayHaveChildren(String database, String collection) {
        return config.include().stream()
                .anyMatch(p -> p.startsWith(collection + ".") || p.startsWith(database + "." + collection + "."));
    }

    private List<TableDescriptor> observe(MongoDatabase database, FoundCollection collection, List<String> warnings) {
        MongoCollection<BsonDocument> documents = database.getCollection(collection.name(), BsonDocument.class);
        TableName name = new TableName(config.id(), collection.database(), collection.name());
        OptionalDouble estimated = count(documents, collection.kind());

        FieldProfile root = new FieldProfile();
        Coverage coverage =
                Sampler.sample(documents, (long) estimated.orElse(Double.MAX_VALUE), options.sampleSize(), root);
        Validator validator = Validator.of(collection.options());
        validator.declareIn(root);
        DeclaredFields.declareIn(root, collection.name(), options.declared());

        SortedMap<String, String> facts = new TreeMap<>();
        collection.collation().ifPresent(locale -> facts.put(ColumnFacts.COLLATION, locale));
        if (TextOrder.isByCodePoint(documents)) {
            facts.put(ColumnFacts.TEXT_ORDER, ColumnFacts.CODE_POINT);
        }
        TableDescriptor base = TableDescriptor.of(name, collection.kind(), List.of())
                .withFacts(facts)
                .withStatistics(new TableStatistics(
                        estimated,
                        estimated.isPresent() ? Optional.of(clock.instant()) : Optional.empty(),
                        new TreeMap<>()));
        Midnights midnights = new Midnights(documents, coverage, warnings);
        SchemaBuilder builder = new SchemaBuilder(
                config.id(), collection.database(), collection.name(), options, SchemaBuilder.Arrays.TABLES, midnights);
        List<TableDescriptor> tables = new ArrayList<>(builder.build(root, validator, base));
        warnings.addAll(builder.warnings());
        tables.set(0, Indexes.addTo(tables.get(0), documents));
        tables.removeIf(t -> !config.selects(t.name().schema(), t.name().table()));
        return tables;
    }

    private static OptionalDouble count(MongoCollection<BsonDocument> documents, TableKind kind) {
        try {
            // A view has no count of its own: its pipeline must run.
            return OptionalDouble.of(
                    kind == TableKind.VIEW
                            ? documents.countDocuments(
                                    new BsonDocument(), new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS))
                            : documents.estimatedDocumentCount());
        } catch (MongoException e) {
            if (e.getCode() < 0) {
                throw e;
            }
            return OptionalDouble.empty();
        }
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
            kept.add(table);
        }
        return kept;
    }
}
