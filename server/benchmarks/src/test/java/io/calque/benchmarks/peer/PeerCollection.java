package io.calque.benchmarks.peer;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.calque.embedded.MongoDatabaseAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Five documents with what documents have: nulls, fields left out, decimals, dates, ObjectIds, a quote in a name. Stateless. */
final class PeerCollection {
    static final String NAME = "items";

    /** The collection as Calcite's adapter shows it, a map a row, with the columns that ours finds by itself. */
    static final String VIEW =
            "select cast(_MAP['k'] as integer) as \"k\", cast(_MAP['name'] as varchar(40)) as \"name\","
                    + " cast(_MAP['qty'] as integer) as \"qty\", cast(_MAP['price'] as decimal(10, 2)) as \"price\","
                    + " cast(_MAP['sold'] as date) as \"sold\", cast(_MAP['oid'] as varchar(24)) as \"oid\","
                    + " cast(_MAP['note'] as varchar(40)) as \"note\", cast(_MAP['grp'] as varchar(10)) as \"grp\","
                    + " cast(_MAP['it''s'] as integer) as \"it's\" from \"mongo\".\"items\"";

    private PeerCollection() {}

    static void load(MongoDatabaseAddress address) {
        try (MongoClient client = MongoClients.create(address.connectionString())) {
            client.getDatabase(address.database())
                    .getCollection(NAME)
                    .insertMany(List.of(
                            item(1, "ink", 3, "12.34", "2024-01-05", "a")
                                    .append("note", "x")
                                    .append("it's", 7),
                            item(2, "Pen", 10, "0.10", "2024-02-01", "a").append("note", null),
                            item(3, "quill", null, "5.00", "2023-12-31", "b"),
                            item(4, null, 7, "12.34", null, "b").append("note", "y"),
                            item(5, "\uD83D\uDE00", null, null, "2024-02-29", null)
                                    .append("note", "it's")));
        }
    }

    /** What is null here is left out in every other document. */
    private static Document item(int k, Object name, Object qty, String price, String sold, Object grp) {
        Document item = new Document("k", k)
                .append("name", name)
                .append("oid", new ObjectId("507f1f77bcf86cd79943901" + k))
                .append("grp", grp);
        if (qty != null || k % 2 == 1 && k < 5) {
            item.append("qty", qty);
        }
        if (price != null) {
            item.append("price", new Decimal128(new BigDecimal(price)));
        }
        if (sold != null) {
            item.append("sold", Date.from(Instant.parse(sold + "T00:00:00Z")));
        }
        return item;
    }
}
