package io.calque.benchmarks.tpch;

import io.calque.benchmarks.servers.PostgresHost;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * All eight tables in one PostgreSQL database, with keys, indexes and statistics: what the right answers are, and what a
 * single database needs for them. Immutable.
 */
public record TpchReference(double scaleFactor, PostgresDatabase database, PostgresHost host) implements AutoCloseable {

    /** Loads the tables into a new database {@code tpch_reference}. */
    public static TpchReference load(double scaleFactor, PostgresServer postgres) {
        return load(scaleFactor, PostgresHost.embedded(postgres));
    }

    /** The same on this server. */
    public static TpchReference load(double scaleFactor, PostgresHost postgres) {
        TpchLoader loader = new TpchLoader(scaleFactor);
        PostgresDatabase database = postgres.create("tpch_reference");
        try {
            loader.load(database, List.of(TpchTable.values()));
            return new TpchReference(scaleFactor, database, postgres);
        } catch (SQLException e) {
            postgres.drop(database);
            throw new IllegalStateException("TPC-H's reference cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Runs a query, from 1 to 22, on a connection of its own. */
    public TpchAnswer answer(int query) {
        TpchQuery asked = TpchQuery.of(query, scaleFactor);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(asked.sql())) {
            return TpchAnswer.read(asked, results);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL cannot answer TPC-H query " + query + ": " + e.getMessage(), e);
        }
    }

    /** Drops the database. */
    @Override
    public void close() {
        host.drop(database);
    }
}
