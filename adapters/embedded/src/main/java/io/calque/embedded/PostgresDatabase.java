package io.calque.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How to reach one database of an embedded PostgreSQL. Immutable.
 *
 * @param name the database's name
 * @param jdbcUrl without user and password
 */
public record PostgresDatabase(String name, String jdbcUrl, String user, String password) {

    /** Opens a new connection, which the caller closes. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /** Leaves the password out, since values end up in logs. */
    @Override
    public String toString() {
        return "PostgresDatabase[" + jdbcUrl + ", user=" + user + "]";
    }
}
