package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import io.calque.mongodb.inference.Sampler.Coverage;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Learns the tables of one collection at a time, from its documents or, where nothing has changed, from what was learned before.
 * Immutable, thread-safe.
 */
final class CollectionReader {
    private static final long COUNT_SECONDS = 5;

    private final SourceId source;
    private final InferenceOptions options;
    private final Clock clock;
    private final String settings;
    private final SortedMap<String, String> server;

    /**
     * @param settings all that decides what is learned from the same documents
     * @param server facts about the server, which all its tables carry
     */
    CollectionReader(
            SourceId source, InferenceOptions options, Clock clock, String settings, SortedMap<String, String> server) {
        this.source = source;
        this.options = options;
        this.clock = clock;
        this.settings = settings;
        this.server = new TreeMap<>(server);
    }

    /** The tables of one collection, its own first. */
    record Learned(List<TableDescriptor> tables, List<String> warnings) {
        public Learned {
            tables = List.copyOf(tables);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param namedAsChildren collections whose names child tables of this one may have
     * @param known the collection's tables as the registry has them; may be empty
     */
    Learned read(
            MongoDatabase database, FoundCollection collection, String namedAsChildren, List<TableDescriptor> known) {
        MongoCollection<BsonDocument> documents = database.getCollection(collection.name(), BsonDocument.class);
        List<BsonDocument> indexes = Indexes.of(documents);
        Optional<Evidence> evidence =
                Evidence.of(database, collection, indexes, settings + "\n" + namedAsChildren, clock.instant());
        if (evidence.isPresent() && isUnchanged(evidence.get(), known)) {
            return new Learned(known, List.of());
        }
        return learn(documents, collection, indexes, evidence);
    }

    private boolean isUnchanged(Evidence evidence, List<TableDescriptor> known) {
        return !known.isEmpty()
                && known.stream()
                        .allMatch(table -> Optional.ofNullable(table.facts().get(Facts.EVIDENCE))
                                .flatMap(Evidence::parse)
                                .filter(before -> evidence.stillHolds(before, options.lookAgain()))
                                .isPresent());
    }

    private Learned learn(
            MongoCollection<BsonDocument> documents,
            FoundCollection collection,
            List<BsonDocument> indexes,
            Optional<Evidence> evidence) {
        OptionalDouble estimated = evidence.isPresent() ? evidence.get().count() : count(documents, collection);
        FieldProfile root = new FieldProfile();
        Coverage coverage =
                Sampler.sample(documents, (long) estimated.orElse(Double.MAX_VALUE), options.sampleSize(), root);
        long sampled = root.present();
        // Books may be off, on shards above all; what was read whole is counted.
        OptionalDouble rows = coverage == Coverage.WHOLE ? OptionalDouble.of(sampled) : estimated;
        Validator validator = Validator.of(collection.options());
        validator.declareIn(root);
        if (sampled == 0) {
            Indexes.declareIn(root, indexes);
        }
        DeclaredFields.declareIn(root, collection.name(), options.declared());
        SortedMap<String, String> facts = collection.facts();
        facts.putAll(server);
        evidence.ifPresent(e -> facts.put(Facts.EVIDENCE, e.text(sampled, severalTypes(root))));
        TableDescriptor base = TableDescriptor.of(
                        new TableName(source, collection.database(), collection.name()), collection.kind(), List.of())
                .withFacts(facts)
                .withStatistics(new TableStatistics(
                        rows, rows.isPresent() ? Optional.of(clock.instant()) : Optional.empty(), new TreeMap<>()));
        List<String> warnings = new ArrayList<>();
        Midnights midnights = new Midnights(documents, coverage, warnings);
        SchemaBuilder builder = new SchemaBuilder(
                source, collection.database(), collection.name(), options, SchemaBuilder.Arrays.TABLES, midnights);
        List<TableDescriptor> tables = new ArrayList<>(builder.build(root, validator, base));
        warnings.addAll(builder.warnings());
        tables.set(0, Indexes.addTo(tables.get(0), indexes));
        return new Learned(tables, warnings);
    }

    /** The histogram of each path that holds values of several types, elements of arrays included. */
    private static BsonDocument severalTypes(FieldProfile root) {
        BsonDocument found = new BsonDocument();
        collect(root, "", found);
        return found;
    }

    private static void collect(FieldProfile field, String path, BsonDocument into) {
        if (field.types().size() > 1) {
            into.append(path, new BsonString(field.shares(field.types())));
        }
        FieldProfile element = field.element();
        if (element != null) {
            collect(element, path + "[]", into);
        }
        field.children().forEach((name, child) -> {
            String step = ColumnNames.of(List.of(name));
            collect(child, path.isEmpty() ? step : path + "." + step, into);
        });
    }

    static OptionalDouble count(MongoCollection<BsonDocument> documents, FoundCollection collection) {
        return collection.isComputed() ? computedCount(documents) : estimatedCount(documents);
    }

    /** A view has no count of its own: its pipeline must run. */
    static OptionalDouble computedCount(MongoCollection<BsonDocument> documents) {
        try {
            return OptionalDouble.of(documents.countDocuments(
                    new BsonDocument(), new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS)));
        } catch (MongoException e) {
            return unknown(e);
        }
    }

    static OptionalDouble estimatedCount(MongoCollection<BsonDocument> documents) {
        try {
            return OptionalDouble.of(documents.estimatedDocumentCount());
        } catch (MongoException e) {
            return unknown(e);
        }
    }

    /** The server answered that it will not count; failures of the driver have negative codes. */
    private static OptionalDouble unknown(MongoException e) {
        if (e.getCode() < 0) {
            throw e;
        }
        return OptionalDouble.empty();
    }
}
