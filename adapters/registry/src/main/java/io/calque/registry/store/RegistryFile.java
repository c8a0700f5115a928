package io.calque.registry.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * What a registry's file is found to be, without changing it. Immutable.
 *
 * @param words for people
 */
public record RegistryFile(State state, String words) {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int PROBLEMS_SHOWN = 3;

    /** What can be done with it. */
    public enum State {
        WHOLE,
        OLDER_LAYOUT,
        NEWER_LAYOUT,
        NOT_OURS,
        LOCKED,
        DAMAGED
    }

    /** Reads the whole file: some tens of milliseconds for thousands of tables. */
    public static RegistryFile examine(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MILLIS);
        // Not opened read-only: SQLite could then not read what another process has left in the write-ahead log.
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            if (Sql.number(connection, "PRAGMA application_id") != Migrations.APPLICATION_ID) {
                return new RegistryFile(State.NOT_OURS, "an SQLite file of another program");
            }
            List<String> problems = new ArrayList<>();
            Sql.each(
                    connection,
                    "PRAGMA integrity_check(" + PROBLEMS_SHOWN + ")",
                    row -> problems.add(row.getString(1)));
            Sql.each(
                    connection, "PRAGMA foreign_key_check", row -> problems.add("row without its " + row.getString(3)));
            problems.remove("ok");
            if (!problems.isEmpty()) {
                return new RegistryFile(State.DAMAGED, "damaged: " + String.join("; ", problems));
            }
            long layout = Sql.number(connection, "PRAGMA user_version");
            int ours = Migrations.SCRIPTS.size();
            String words = "layout " + layout + (layout == ours ? "" : ", ours is " + ours);
            return new RegistryFile(
                    layout == ours ? State.WHOLE : layout < ours ? State.OLDER_LAYOUT : State.NEWER_LAYOUT,
                    words + ", whole, " + Sql.number(connection, "SELECT count(*) FROM versions") + " versions");
        } catch (SQLException e) {
            SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
            return switch (code) {
                case SQLITE_BUSY, SQLITE_LOCKED -> new RegistryFile(State.LOCKED, "another process holds it locked");
                case SQLITE_NOTADB -> new RegistryFile(State.DAMAGED, "no SQLite file at all");
                default -> new RegistryFile(State.DAMAGED, "cannot be read: " + e.getMessage());
            };
        }
    }
}
