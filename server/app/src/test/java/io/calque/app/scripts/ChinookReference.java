package io.calque.app.scripts;

import io.calque.embedded.PostgresCopy;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import net.hydromatic.chinook.data.hsqldb.ChinookHsqldb;

/**
 * The Chinook sample in one PostgreSQL database, under the names that it has when spread: what PostgreSQL answers is what Calque
 * has to answer.
 *
 * <p>It is filled from the published sample directly, not from the spread one, so that a mistake in spreading is found, too. The
 * database is called {@code artists}, so that {@code artists.albums.tracks} is a name in PostgreSQL as well.
 */
record ChinookReference(PostgresDatabase database) {
    private static final String NAME = "artists";

    private static final List<String> SCHEMA = List.of(
            "CREATE SCHEMA artists",
            "CREATE SCHEMA albums",
            """
            CREATE TABLE customer (customer_id int, first_name varchar, last_name varchar, company varchar, address varchar,
              city varchar, state varchar, country varchar, postal_code varchar, phone varchar, fax varchar, email varchar,
              support_rep_id int)""",
            """
            CREATE TABLE invoice (invoice_id int, customer_id int, invoice_date timestamp, billing_address varchar,
              billing_city varchar, billing_state varchar, billing_country varchar, billing_postal_code varchar,
              total numeric(10,2))""",
            """
            CREATE TABLE invoice_line (invoice_line_id int, invoice_id int, track_id int, unit_price numeric(10,2),
              quantity int)""",
            """
            CREATE TABLE employee (employee_id int, last_name varchar, first_name varchar, title varchar, reports_to int,
              birth_date timestamp, hire_date timestamp, address varchar, city varchar, state varchar, country varchar,
              postal_code varchar, phone varchar, fax varchar, email varchar)""",
            "CREATE TABLE playlist (playlist_id int, name varchar)",
            "CREATE TABLE playlist_track (playlist_id int, track_id int)",
            "CREATE TABLE artists (_id int, name varchar)",
            "CREATE TABLE artists.albums (artists_id int, pos int, album_id int, title varchar)",
            """
            CREATE TABLE albums.tracks (artists_id int, albums_pos int, pos int, track_id int, name varchar,
              composer varchar, milliseconds int, bytes int, unit_price numeric(10,2), "genre.genre_id" int,
              "genre.name" varchar, "media_type.media_type_id" int, "media_type.name" varchar)""");

    static ChinookReference load(PostgresServer server) throws SQLException {
        PostgresDatabase database = server.createDatabase(NAME);
        try (Connection to = database.connect();
                Statement statement = to.createStatement();
                Connection from =
                        DriverManager.getConnection(ChinookHsqldb.URI, ChinookHsqldb.USER, ChinookHsqldb.PASSWORD)) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
            copy(from, "select * from \"Customer\"", to, "customer");
            copy(from, "select * from \"Invoice\"", to, "invoice");
            copy(from, "select * from \"InvoiceLine\"", to, "invoice_line");
            copy(from, "select * from \"Employee\"", to, "employee");
            copy(from, "select * from \"Playlist\"", to, "playlist");
            copy(from, "select * from \"PlaylistTrack\"", to, "playlist_track");
            copy(from, "select * from \"Artist\"", to, "artists");
            statement.execute("CREATE TABLE album (album_id int, title varchar, artist_id int)");
            copy(from, "select * from \"Album\"", to, "album");
            statement.execute("""
                    CREATE TABLE track (track_id int, name varchar, album_id int, media_type_id int, genre_id int,
                      composer varchar, milliseconds int, bytes int, unit_price numeric(10,2))""");
            copy(from, "select * from \"Track\"", to, "track");
            statement.execute("CREATE TABLE genre (genre_id int, name varchar)");
            copy(from, "select * from \"Genre\"", to, "genre");
            statement.execute("CREATE TABLE media_type (media_type_id int, name varchar)");
            copy(from, "select * from \"MediaType\"", to, "media_type");
            statement.execute("""
                    INSERT INTO artists.albums
                    SELECT artist_id, row_number() OVER (PARTITION BY artist_id ORDER BY album_id), album_id, title FROM album""");
            statement.execute("""
                    INSERT INTO albums.tracks
                    SELECT a.artists_id, a.pos, row_number() OVER (PARTITION BY t.album_id ORDER BY t.track_id),
                      t.track_id, t.name, t.composer, t.milliseconds, t.bytes, t.unit_price, g.genre_id, g.name,
                      m.media_type_id, m.name
                    FROM track t
                    JOIN artists.albums a ON a.album_id = t.album_id
                    JOIN genre g ON g.genre_id = t.genre_id
                    JOIN media_type m ON m.media_type_id = t.media_type_id""");
            statement.execute("ANALYZE");
        }
        return new ChinookReference(database);
    }

    private static void copy(Connection from, String query, Connection to, String table) throws SQLException {
        List<String> columns;
        try (Statement statement = to.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            int width = none.getMetaData().getColumnCount();
            columns = Stream.iterate(1, i -> i + 1)
                    .limit(width)
                    .map(i -> columnName(none, i))
                    .toList();
        }
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery(query);
                PostgresCopy writer = PostgresCopy.into(to, table, columns)) {
            while (rows.next()) {
                Object[] row = new Object[columns.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = rows.getObject(i + 1);
                }
                writer.add(row);
            }
        }
    }

    private static String columnName(ResultSet rows, int column) {
        try {
            return rows.getMetaData().getColumnName(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
