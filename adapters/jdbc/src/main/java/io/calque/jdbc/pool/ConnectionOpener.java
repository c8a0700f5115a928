package io.calque.jdbc.pool;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens one physical connection, ready to read. Thread-safe. */
@FunctionalInterface
public interface ConnectionOpener {
    Connection open() throws SQLException;
}
