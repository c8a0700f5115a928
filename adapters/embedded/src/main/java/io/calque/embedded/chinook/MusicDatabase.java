package io.calque.embedded.chinook;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import io.calque.embedded.MongoInserts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The MongoDB part: one document an artist, with the albums inside it, the tracks inside those, and genre and media type
 * inside each track. As in collections that have grown, a field without a value is missing: {@code albums} where an artist
 * has none, {@code composer} where it is unknown.
 */
final class MusicDatabase {
    private MusicDatabase() {}

    static void load(ChinookRows rows, MongoDatabase database) throws SQLException {
        MongoCollection<Document> artists = database.getCollection("artists");
        artists.createIndex(Indexes.ascending("albums.album_id"));
        artists.createIndex(Indexes.ascending("albums.tracks.track_id"));
        artists.insertMany(artists(rows));
    }

    private static List<Document> artists(ChinookRows rows) throws SQLException {
        Map<Object, List<Document>> albums = albumsByArtist(rows);
        List<Document> artists = new ArrayList<>();
        for (@Nullable Object[] row : rows.read("select \"ArtistId\", \"Name\" from \"Artist\" order by \"ArtistId\"")) {
            Document artist = document(List.of("_id", "name"), row, 0);
            List<Document> own = albums.get(artist.get("_id"));
            if (own != null) {
                artist.append("albums", own);
            }
            artists.add(artist);
        }
        return artists;
    }

    private static Map<Object, List<Document>> albumsByArtist(ChinookRows rows) throws SQLException {
        Map<Object, List<Document>> tracks = tracksByAlbum(rows);
        Map<Object, List<Document>> albums = new HashMap<>();
        for (@Nullable Object[] row : rows.read("select \"ArtistId\", \"AlbumId\", \"Title\" from \"Album\" order by \"AlbumId\"")) {
            Document album = document(List.of("album_id", "title"), row, 1);
            album.append("tracks", tracks.getOrDefault(album.get("album_id"), List.of()));
            albums.computeIfAbsent(row[0], artist -> new ArrayList<>()).add(album);
        }
        return albums;
    }

    private static Map<Object, List<Document>> tracksByAlbum(ChinookRows rows) throws SQLException {
        Map<Object, List<Document>> tracks = new HashMap<>();
        for (@Nullable Object[] row : rows.read("""
                select t."AlbumId", t."TrackId", t."Name", t."Composer", t."Milliseconds", t."Bytes", t."UnitPrice",
                  g."GenreId", g."Name", m."MediaTypeId", m."Name"
                from "Track" t
                join "Genre" g on g."GenreId" = t."GenreId"
                join "MediaType" m on m."MediaTypeId" = t."MediaTypeId"
                order by t."TrackId\"""")) {
            Document track =
                    document(List.of("track_id", "name", "composer", "milliseconds", "bytes", "unit_price"), row, 1);
            track.append("genre", document(List.of("genre_id", "name"), row, 7));
            track.append("media_type", document(List.of("media_type_id", "name"), row, 9));
            tracks.computeIfAbsent(row[0], album -> new ArrayList<>()).add(track);
        }
        return tracks;
    }

    /** A document of the values from one position of the row on; a null is a field left out. */
    private static Document document(List<String> fields, @Nullable Object[] row, int from) {
        Document document = new Document();
        for (int i = 0; i < fields.size(); i++) {
            Object value = row[from + i];
            if (value != null) {
                document.append(fields.get(i), MongoInserts.bson(value));
            }
        }
        return document;
    }
}
