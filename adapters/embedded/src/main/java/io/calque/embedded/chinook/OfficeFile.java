package io.calque.embedded.chinook;

import io.calque.embedded.SqliteFile;
import io.calque.embedded.SqliteInserts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite part: employees and playlists. Typed as such files are: {@code NVARCHAR} and {@code DATETIME} are only
 * declared, and a DATETIME is text of the form {@code 2002-08-14 00:00:00}.
 */
final class OfficeFile {
    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE employee (
              employee_id INTEGER PRIMARY KEY,
              last_name NVARCHAR(20) NOT NULL,
              first_name NVARCHAR(20) NOT NULL,
              title NVARCHAR(30),
              reports_to INTEGER REFERENCES employee (employee_id),
              birth_date DATETIME,
              hire_date DATETIME,
              address NVARCHAR(70),
              city NVARCHAR(40),
              state NVARCHAR(40),
              country NVARCHAR(40),
              postal_code NVARCHAR(10),
              phone NVARCHAR(24),
              fax NVARCHAR(24),
              email NVARCHAR(60))""",
            """
            CREATE TABLE playlist (
              playlist_id INTEGER PRIMARY KEY,
              name NVARCHAR(120))""",
            """
            CREATE TABLE playlist_track (
              playlist_id INTEGER NOT NULL REFERENCES playlist (playlist_id),
              track_id INTEGER NOT NULL,
              PRIMARY KEY (playlist_id, track_id))""",
            "CREATE INDEX employee_reports_to ON employee (reports_to)",
            "CREATE INDEX playlist_track_track_id ON playlist_track (track_id)");

    private static final int BIRTH_DATE = 5;
    private static final int HIRE_DATE = 6;

    private OfficeFile() {}

    static void load(ChinookRows rows, SqliteFile file) throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : TABLES) {
                statement.execute(table);
            }
            loadEmployees(rows, connection);
            rows.copy(
                    "select \"PlaylistId\", \"Name\" from \"Playlist\" order by \"PlaylistId\"",
                    SqliteInserts.into(connection, "playlist", List.of("playlist_id", "name")));
            rows.copy("""
                    select "PlaylistId", "TrackId" from "PlaylistTrack" order by "PlaylistId", "TrackId\"""", SqliteInserts.into(connection, "playlist_track", List.of("playlist_id", "track_id")));
            statement.execute("ANALYZE");
            connection.commit();
        }
    }

    private static void loadEmployees(ChinookRows rows, Connection connection) throws SQLException {
        List<String> columns = List.of(
                "employee_id",
                "last_name",
                "first_name",
                "title",
                "reports_to",
                "birth_date",
                "hire_date",
                "address",
                "city",
                "state",
                "country",
                "postal_code",
                "phone",
                "fax",
                "email");
        // Employees are numbered from the top of the company down, so each one's superior is there before.
        try (SqliteInserts writer = SqliteInserts.into(connection, "employee", columns)) {
            for (@Nullable Object[] row : rows.read("""
                    select "EmployeeId", "LastName", "FirstName", "Title", "ReportsTo", "BirthDate", "HireDate",
                      "Address", "City", "State", "Country", "PostalCode", "Phone", "Fax", "Email"
                    from "Employee" order by "EmployeeId\"""")) {
                row[BIRTH_DATE] = midnight(row[BIRTH_DATE]);
                row[HIRE_DATE] = midnight(row[HIRE_DATE]);
                writer.add(row);
            }
        }
    }

    private static @Nullable Object midnight(@Nullable Object value) {
        return value instanceof LocalDate date ? date.atStartOfDay() : value;
    }
}
