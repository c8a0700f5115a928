package io.calque.registry.store;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a registry file to the newest layout: numbered scripts, each applied in a transaction of its own that also raises
 * SQLite's {@code user_version} to the script's number. Stateless.
 */
final class Migrations {
    /** "CALQ": tells our files from anybody else's SQLite files. */
    static final int APPLICATION_ID = 0x43414C51;

    /** In order; the n-th script leads to layout n. A published script never changes. */
    static final List<String> SCRIPTS =
            List.of("V001__catalog.sql", "V002__annotations.sql", "V003__reads.sql", "V004__ontology.sql");

    private Migrations() {}

    /**
     * @throws QueryException REGISTRY_FAILED for a file of a newer layout or of another program; neither is touched
     */
    static void apply(Connection connection, String location) throws SQLException {
        apply(connection, location, SCRIPTS.size());
    }

    /** As {@link #apply(Connection, String)}, but no further than to layout {@code last}. */
    static void apply(Connection connection, String location, int last) throws SQLException {
        long layout = layout(connection, location);
        while (layout < last) {
            migrate(connection, location);
            layout = layout(connection, location);
        }
    }

    /** The file's layout; 0 for a new one. */
    static long layout(Connection connection, String location) throws SQLException {
        long application = Sql.number(connection, "PRAGMA application_id");
        long layout = Sql.number(connection, "PRAGMA user_version");
        if (application == 0 && layout == 0 && Sql.number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
            return 0;
        }
        if (application != APPLICATION_ID) {
            throw new QueryException(
                    ErrorCode.REGISTRY_FAILED,
                    "The file " + location + " is an SQLite database, but no schema registry; it is left as it is."
                            + " Name another file for the registry");
        }
        if (layout > SCRIPTS.size()) {
            throw new QueryException(
                    ErrorCode.REGISTRY_FAILED,
                    "The schema registry " + location + " has layout " + layout + ", this Calque knows layouts up to "
                            + SCRIPTS.size() + "; it is left as it is. Use a newer Calque, or another registry file");
        }
        return layout;
    }

    private static void migrate(Connection connection, String location) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                // Asked again under the lock: another process may have migrated meanwhile.
                long layout = layout(connection, location);
                if (layout < SCRIPTS.size()) {
                    checkSound(connection, layout, location);
                    statement.executeUpdate(script(SCRIPTS.get((int) layout)));
                    statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
                    statement.executeUpdate("PRAGMA user_version = " + (layout + 1));
                }
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /** A damaged file is left as it is, and a migration would change it. */
    private static void checkSound(Connection connection, long layout, String location) throws SQLException {
        if (layout == 0) {
            return;
        }
        List<String> found = new ArrayList<>();
        Sql.each(connection, "PRAGMA quick_check(1)", row -> found.add(row.getString(1)));
        if (!found.equals(List.of("ok"))) {
            throw new QueryException(
                    ErrorCode.REGISTRY_FAILED,
                    "The schema registry " + location + " is damaged; it is left as it is, in its old layout " + layout
                            + ": " + found);
        }
    }

    private static String script(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("migration " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
