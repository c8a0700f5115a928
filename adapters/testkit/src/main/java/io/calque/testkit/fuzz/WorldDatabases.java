package io.calque.testkit.fuzz;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.SqliteFile;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import io.calque.testkit.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The databases of one world: three sources and the flat one that says what is right, on the shared test servers. Single-threaded.
 */
public final class WorldDatabases implements AutoCloseable {
    private final PostgresDatabase postgres;
    private final MongoDatabaseAddress mongo;
    private final SqliteFile sqlite;
    private final PostgresDatabase reference;
    private final MongoClient client;
    private final Connection referenceConnection;

    private WorldDatabases(boolean languageOrder) throws SQLException {
        postgres = languageOrder ? TestServers.newPostgresDatabase("en-US") : TestServers.newPostgresDatabase();
        mongo = TestServers.newMongoDatabase();
        sqlite = TestServers.newSqliteFile();
        reference = TestServers.newPostgresDatabase();
        client = TestServers.mongo().connect();
        referenceConnection = reference.connect();
    }

    /** Creates and fills the tables of the sources; {@link #createReference} is for when their types are known. */
    public static WorldDatabases load(FuzzWorld world) throws SQLException {
        WorldDatabases databases = new WorldDatabases(world.languageOrder());
        try (Connection pg = databases.postgres.connect();
                Connection lite = databases.sqlite.connect()) {
            try (Statement mode = lite.createStatement()) {
                mode.execute("PRAGMA journal_mode = WAL");
            }
            for (FuzzTable table : world.tables()) {
                switch (table.place()) {
                    case POSTGRES ->
                        SqlTables.create(pg, table, c -> c.storage().declared());
                    case SQLITE ->
                        SqlTables.create(lite, table, c -> c.storage().declared());
                    case MONGO -> {
                        if (table.parent().isEmpty()) {
                            Documents.create(databases.database(), table);
                        }
                    }
                }
                databases.fillSource(pg, lite, world, table);
            }
        }
        return databases;
    }

    /** The sources as a configuration names them. */
    public List<SourceConfig> sources() {
        return List.of(
                SourceConfig.of(new SourceId(Place.POSTGRES.source()), "postgresql", postgres.jdbcUrl())
                        .withCredentials(postgres.user(), new Secret(postgres.password())),
                SourceConfig.of(new SourceId(Place.MONGO.source()), "mongodb", mongo.connectionString()),
                SourceConfig.of(new SourceId(Place.SQLITE.source()), "sqlite", sqlite.jdbcUrl()));
    }

    /** The flat database. */
    public Connection reference() {
        return referenceConnection;
    }

    /**
     * Creates and fills the flat tables.
     *
     * @param types of a table's column, as introspection found them
     */
    public void createReference(FuzzWorld world, BiFunction<FuzzTable, FuzzColumn, DataType> types)
            throws SQLException {
        try (Statement statement = referenceConnection.createStatement()) {
            // 18 takes the columns of a table joined with itself for one another (docs/sources/postgresql.md)
            statement.execute("SET enable_self_join_elimination = off");
            statement.execute("SET TIME ZONE 'UTC'");
            for (FuzzTable table : world.tables()) {
                String columns = table.columns().stream()
                        .map(c -> SqlTables.quoted(c.name()) + " " + inReference(types.apply(table, c)))
                        .collect(Collectors.joining(", "));
                statement.execute("CREATE TABLE " + table.referenceName() + " (" + columns + ")");
                fillReference(table);
            }
        }
    }

    /** Replaces the rows of one table everywhere. */
    public void refill(FuzzWorld world, FuzzTable table) throws SQLException {
        try (Connection pg = postgres.connect();
                Connection lite = sqlite.connect()) {
            fillSource(pg, lite, world, table);
        }
        fillReference(table);
    }

    private void fillReference(FuzzTable table) throws SQLException {
        SqlTables.fill(
                referenceConnection,
                table,
                table.referenceName(),
                WorldDatabases::referenceSlot,
                (column, value) ->
                        value instanceof LocalDateTime || value instanceof LocalTime || value instanceof Instant
                                ? value.toString()
                                : value);
    }

    private void fillSource(Connection pg, Connection lite, FuzzWorld world, FuzzTable table) throws SQLException {
        switch (table.place()) {
            case POSTGRES -> SqlTables.fill(pg, table, table.name(), SqlTables::postgresSlot, SqlTables::inPostgres);
            case SQLITE -> SqlTables.fill(lite, table, table.name(), c -> "?", SqlTables::inSqlite);
            case MONGO -> {
                FuzzTable collection = table.parent().map(world::table).orElse(table);
                Optional<FuzzTable> child = world.tables().stream()
                        .filter(t -> t.parent().equals(Optional.of(collection.name())))
                        .findFirst();
                Documents.fill(database(), collection, child);
            }
        }
    }

    private MongoDatabase database() {
        return client.getDatabase(mongo.database());
    }

    private static String referenceSlot(FuzzColumn column) {
        return switch (column.family()) {
            case TIMESTAMP -> "?::timestamp";
            case INSTANT -> "?::timestamptz";
            case TIME -> "?::time";
            default -> "?";
        };
    }

    private static String inReference(DataType type) {
        return switch (type.kind()) {
            case DOUBLE -> "double precision";
            case VARCHAR -> "text";
            case VARBINARY -> "bytea";
            case TIME -> "time(3)";
            case TIMESTAMP -> "timestamp(3)";
            case TIMESTAMP_TZ -> "timestamptz(3)";
            default -> type.toString();
        };
    }

    @Override
    public void close() throws SQLException {
        referenceConnection.close();
        database().drop();
        client.close();
        sqlite.close();
        TestServers.postgres().dropDatabase(postgres.name());
        TestServers.postgres().dropDatabase(reference.name());
    }
}
