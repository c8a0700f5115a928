package io.calque.embedded.chinook;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChinookWorldTest {
    private static ChinookWorld world;

    @BeforeAll
    static void load() {
        world = ChinookWorld.start();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"customer, 59", "invoice, 412", "invoice_line, 2240"})
    void holdsSalesInPostgres(String table, long rows) throws SQLException {
        try (Connection connection = world.sales().connect()) {
            assertThat(row(connection, "select count(*) from " + table)).containsExactly(rows);
        }
    }

    @Test
    void typesAndKeysSales() throws SQLException {
        try (Connection connection = world.sales().connect()) {
            assertThat(row(
                            connection,
                            "select sum(total)::text, min(invoice_date)::text, max(invoice_date)::text from invoice"))
                    .containsExactly("2328.60", "2009-01-01 00:00:00", "2013-12-22 00:00:00");
            assertThat(row(connection, "select first_name, city from customer where customer_id = 1"))
                    .containsExactly("Luís", "São José dos Campos");
            assertThat(row(connection, "select count(*) from pg_constraint where contype = 'f'"))
                    .containsExactly(2L);
            assertThat(row(connection, "select reltuples from pg_class where relname = 'invoice_line'"))
                    .containsExactly(2240f);
        }
    }

    @ParameterizedTest
    @CsvSource({"employee, 8", "playlist, 18", "playlist_track, 8715"})
    void holdsTheOfficeInSqlite(String table, int rows) throws SQLException {
        try (Connection connection = world.office().connect()) {
            assertThat(row(connection, "select count(*) from " + table)).containsExactly(rows);
        }
    }

    @Test
    void writesDatesOfTheOfficeAsText() throws SQLException {
        try (Connection connection = world.office().connect()) {
            assertThat(
                            row(
                                    connection,
                                    "select typeof(hire_date), cast(hire_date as text), reports_to from employee where employee_id = 2"))
                    .containsExactly("text", "2002-05-01 00:00:00", 1);
        }
    }

    @Test
    void nestsAlbumsAndTracksInArtists() {
        try (MongoClient client = MongoClients.create(world.music().connectionString())) {
            MongoCollection<Document> artists =
                    client.getDatabase(world.music().database()).getCollection("artists");
            List<Document> albums = new ArrayList<>();
            List<Document> tracks = new ArrayList<>();
            for (Document artist : artists.find()) {
                albums.addAll(artist.getList("albums", Document.class, List.of()));
            }
            albums.forEach(album -> tracks.addAll(album.getList("tracks", Document.class)));

            assertThat(artists.countDocuments()).isEqualTo(275);
            assertThat(artists.countDocuments(new Document("albums", new Document("$exists", false))))
                    .isEqualTo(71);
            assertThat(albums).hasSize(347);
            assertThat(tracks).hasSize(3503);
            assertThat(tracks.stream().filter(track -> !track.containsKey("composer")))
                    .hasSize(978);
            assertThat(tracks.stream().filter(track -> track.getInteger("track_id") == 1))
                    .containsExactly(new Document("track_id", 1)
                            .append("name", "For Those About To Rock (We Salute You)")
                            .append("composer", "Angus Young, Malcolm Young, Brian Johnson")
                            .append("milliseconds", 343719)
                            .append("bytes", 11170334)
                            .append("unit_price", Decimal128.parse("0.99"))
                            .append("genre", new Document("genre_id", 1).append("name", "Rock"))
                            .append("media_type", new Document("media_type_id", 1).append("name", "MPEG audio file")));
            assertThat(artists.listIndexes().map(index -> index.getString("name")))
                    .contains("albums.album_id_1", "albums.tracks.track_id_1");
        }
    }

    private static List<Object> row(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            assertThat(results.next()).isTrue();
            List<Object> values = new ArrayList<>();
            for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                values.add(results.getObject(i));
            }
            return values;
        }
    }
}
