package io.calque.benchmarks.tpch;

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
public record TpchReference(double scaleFactor, PostgresDatabase database) {

    /** Loads the tables into a new database {@code tpch_reference}, which lives as long as its server. */
    public static TpchReference load(double scaleFactor, PostgresServer postgres) {
        TpchLoader loader = new TpchLoader(scaleFactor);
        PostgresDatabase database = postgres.createDatabase("tpch_reference");
        try {
            loader.load(database, List.of(TpchTable.values()));
            return new TpchReference(scaleFactor, database);
        } catch (SQLException e) {
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
}
