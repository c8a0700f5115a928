package io.calque.benchmarks.tpch;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.calque.benchmarks.servers.MongoHost;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.MongoInserts;
import io.calque.embedded.PostgresCopy;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.SqliteFile;
import io.calque.embedded.SqliteInserts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * Fills empty databases with tables at a scale factor: with primary keys, the foreign keys whose target is in the same
 * database, an index on every reference, and fresh statistics. Immutable.
 */
record TpchLoader(double scaleFactor) {
    private static final double LEAST_SCALE_FACTOR = 0.01;

    TpchLoader {
        if (!(scaleFactor >= LEAST_SCALE_FACTOR)) {
            throw new IllegalArgumentException(
                    "Scale factor " + scaleFactor + " is below 0.01, where TPC-H's keys are not unique");
        }
    }

    void load(PostgresDatabase database, List<TpchTable> tables) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // One transaction: PostgreSQL writes no log for a table that it creates and fills in the same one.
            connection.setAutoCommit(false);
            for (TpchTable table : tables) {
                statement.execute(create(table, table.columnDefinitions()));
                table.generate(scaleFactor, PostgresCopy.into(connection, table.tableName(), table.columns()));
            }
            for (TpchTable table : tables) {
                statement.execute("ALTER TABLE " + table.tableName() + " ADD " + primaryKey(table));
                for (String sql : indexes(table)) {
                    statement.execute(sql);
                }
            }
            for (TpchTable table : tables) {
                for (String foreignKey : foreignKeys(table, tables)) {
                    statement.execute("ALTER TABLE " + table.tableName() + " ADD " + foreignKey);
                }
            }
            statement.execute("ANALYZE");
            connection.commit();
        }
    }

    void load(SqliteFile file, List<TpchTable> tables) throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            connection.setAutoCommit(false);
            for (TpchTable table : tables) {
                List<String> definitions = new ArrayList<>(table.columnDefinitions());
                definitions.add(primaryKey(table));
                definitions.addAll(foreignKeys(table, tables));
                statement.execute(create(table, definitions));
                table.generate(scaleFactor, SqliteInserts.into(connection, table.tableName(), table.columns()));
                for (String sql : indexes(table)) {
                    statement.execute(sql);
                }
            }
            statement.execute("ANALYZE");
            connection.commit();
        }
    }

    void load(MongoHost server, MongoDatabaseAddress address, List<TpchTable> tables) {
        try (MongoClient client = server.connect()) {
            for (TpchTable table : tables) {
                MongoCollection<Document> collection =
                        client.getDatabase(address.database()).getCollection(table.tableName());
                collection.createIndex(Indexes.ascending(table.primaryKey()), new IndexOptions().unique(true));
                table.references().forEach(r -> collection.createIndex(Indexes.ascending(r.columns())));
                table.generate(scaleFactor, MongoInserts.into(collection, table.columns()));
            }
        }
    }

    private static String create(TpchTable table, List<String> definitions) {
        return "CREATE TABLE " + table.tableName() + " (" + String.join(", ", definitions) + ")";
    }

    private static String primaryKey(TpchTable table) {
        return "PRIMARY KEY (" + String.join(", ", table.primaryKey()) + ")";
    }

    private static List<String> foreignKeys(TpchTable table, List<TpchTable> present) {
        return table.references().stream()
                .filter(reference -> present.contains(reference.target()))
                .map(reference -> "FOREIGN KEY (" + String.join(", ", reference.columns()) + ") REFERENCES "
                        + reference.target().tableName() + " ("
                        + String.join(", ", reference.target().primaryKey()) + ")")
                .toList();
    }

    private static List<String> indexes(TpchTable table) {
        return table.references().stream()
                // The primary key's own index serves where it starts with the same columns.
                .filter(reference -> !table.primaryKey()
                        .subList(0, reference.columns().size())
                        .equals(reference.columns()))
                .map(reference -> "CREATE INDEX " + String.join("_", reference.columns()) + "_index ON "
                        + table.tableName() + " (" + String.join(", ", reference.columns()) + ")")
                .toList();
    }
}
