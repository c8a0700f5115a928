package io.calque.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class MongoServerTest {
    @Test
    void keepsEveryKindOfValueAndLeavesNullOut() {
        try (MongoServer server = MongoServer.start();
                MongoClient client = server.connect()) {
            MongoCollection<Document> rows = client.getDatabase("d").getCollection("rows");
            try (RowWriter writer = MongoInserts.into(rows, List.of("_id", "s", "d", "day", "at"))) {
                writer.add(
                        1L,
                        "Straße",
                        new BigDecimal("12.30"),
                        LocalDate.of(1992, 2, 29),
                        LocalDateTime.of(1999, 12, 31, 23, 59, 59));
                writer.add(2L, null, null, null, null);
            }
            assertThat(rows.find().sort(new Document("_id", 1)))
                    .containsExactly(
                            new Document("_id", 1L)
                                    .append("s", "Straße")
                                    .append("d", Decimal128.parse("12.30"))
                                    .append("day", Date.from(Instant.parse("1992-02-29T00:00:00Z")))
                                    .append("at", Date.from(Instant.parse("1999-12-31T23:59:59Z"))),
                            new Document("_id", 2L));
        }
    }

    @Test
    void givesAnAddressThatNamesTheDatabase() {
        try (MongoServer server = MongoServer.start()) {
            MongoDatabaseAddress address = server.database("music");
            try (MongoClient client = MongoClients.create(address.connectionString())) {
                client.getDatabase(address.database()).createCollection("c");
                assertThat(client.listDatabaseNames()).contains("music");
            }
            server.close();
        }
    }
}
