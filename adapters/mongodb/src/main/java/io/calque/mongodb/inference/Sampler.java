package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Sorts;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** Looks at documents of a collection: all of a small one, else the first, the newest, and some between. Stateless. */
final class Sampler {
    private static final int SLICES = 10;
    private static final int BATCH = 1_000;
    private static final long MAX_SECONDS = 30;

    private Sampler() {}

    /** How much of the collection the sample covers. */
    enum Coverage {
        WHOLE,
        PART
    }

    /**
     * @param estimated documents in the collection
     */
    static Coverage sample(MongoCollection<BsonDocument> collection, long estimated, int size, FieldProfile into) {
        if (estimated <= size) {
            // One more than asked for shows that the estimate was stale.
            int read = read(
                    collection
                            .find()
                            .limit(size + 1)
                            .batchSize(BATCH)
                            .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                            .iterator(),
                    into);
            return read <= size ? Coverage.WHOLE : Coverage.PART;
        }
        int part = Math.max(1, size / 3);
        read(
                collection
                        .find()
                        .limit(part)
                        .batchSize(BATCH)
                        .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                        .iterator(),
                into);
        read(
                collection
                        .find()
                        .sort(Sorts.descending("_id"))
                        .limit(part)
                        .batchSize(BATCH)
                        .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                        .iterator(),
                into);
        spread(collection, estimated, part, into);
        return Coverage.PART;
    }

    private static void spread(MongoCollection<BsonDocument> collection, long estimated, int part, FieldProfile into) {
        try {
            read(
                    collection
                            .aggregate(List.of(Aggregates.sample(part)))
                            .batchSize(BATCH)
                            .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                            .iterator(),
                    into);
        } catch (MongoException e) {
            // Some servers cannot draw random documents ($sample fails on large collections): take even slices instead.
            for (int slice = 1; slice < SLICES; slice++) {
                int skipped = (int) Math.min(Integer.MAX_VALUE, estimated * slice / SLICES);
                read(
                        collection
                                .find()
                                .skip(skipped)
                                .limit(Math.max(1, part / SLICES))
                                .batchSize(BATCH)
                                .maxTime(MAX_SECONDS, TimeUnit.SECONDS)
                                .iterator(),
                        into);
            }
        }
    }

    private static int read(MongoCursor<BsonDocument> documents, FieldProfile into) {
        int read = 0;
        try (documents) {
            while (documents.hasNext()) {
                into.add(documents.next());
                read++;
            }
        }
        return read;
    }
}
