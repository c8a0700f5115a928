package io.calque.benchmarks.relate;

import com.mongodb.client.MongoClient;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.MongoInserts;
import io.calque.embedded.MongoServer;
import io.calque.embedded.PostgresCopy;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import io.calque.embedded.RowWriter;
import io.calque.embedded.SqliteFile;
import io.calque.embedded.SqliteInserts;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.SourceConfig;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.hydromatic.chinook.data.hsqldb.ChinookHsqldb;
import org.jspecify.annotations.Nullable;

/** All eleven tables of Chinook as they are published, without a key or index, spread over three databases or in one. */
public final class FlatChinook implements AutoCloseable {
    private static final List<String> IN_POSTGRES = List.of("Customer", "Invoice", "InvoiceLine", "MediaType");
    private static final List<String> IN_MONGO = List.of("Artist", "Album", "Track", "Genre");
    private static final List<String> IN_SQLITE = List.of("Employee", "Playlist", "PlaylistTrack");

    private final PostgresDatabase postgres;
    private final MongoDatabaseAddress mongo;
    private final SqliteFile sqlite;

    private FlatChinook(PostgresDatabase postgres, MongoDatabaseAddress mongo, SqliteFile sqlite) {
        this.postgres = postgres;
        this.mongo = mongo;
        this.sqlite = sqlite;
    }

    public static FlatChinook load(PostgresServer server, MongoServer mongoServer) throws SQLException {
        FlatChinook world = new FlatChinook(
                server.createDatabase("flat"), mongoServer.database("flat"), SqliteFile.create("flat.db"));
        try (Connection published = DriverManager.getConnection(
                        ChinookHsqldb.URI + ";shutdown=true", ChinookHsqldb.USER, ChinookHsqldb.PASSWORD);
                Connection postgres = world.postgres.connect();
                Connection sqlite = world.sqlite.connect();
                MongoClient client = mongoServer.connect()) {
            postgres.setAutoCommit(false);
            sqlite.setAutoCommit(false);
            for (String table : IN_POSTGRES) {
                copy(published, table, (name, columns, types) -> {
                    create(postgres, name, columns, types);
                    return PostgresCopy.into(postgres, name, columns);
                });
            }
            for (String table : IN_SQLITE) {
                copy(published, table, (name, columns, types) -> {
                    create(sqlite, name, columns, types);
                    return SqliteInserts.into(sqlite, name, columns);
                });
            }
            for (String table : IN_MONGO) {
                copy(
                        published,
                        table,
                        (name, columns, types) -> MongoInserts.into(
                                client.getDatabase(world.mongo.database()).getCollection(name), columns));
            }
            postgres.commit();
            sqlite.commit();
        }
        return world;
    }

    /** Loads all eleven tables into one new database, {@code chinook}, which lives as long as its server. */
    public static PostgresDatabase inOne(PostgresServer server) throws SQLException {
        PostgresDatabase database = server.createDatabase("chinook");
        try (Connection published = DriverManager.getConnection(
                        ChinookHsqldb.URI + ";shutdown=true", ChinookHsqldb.USER, ChinookHsqldb.PASSWORD);
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (List<String> tables : List.of(IN_POSTGRES, IN_MONGO, IN_SQLITE)) {
                for (String table : tables) {
                    copy(published, table, (name, columns, types) -> {
                        create(connection, name, columns, types);
                        return PostgresCopy.into(connection, name, columns);
                    });
                }
            }
            connection.commit();
        }
        return database;
    }

    public PostgresDatabase postgres() {
        return postgres;
    }

    public MongoDatabaseAddress mongo() {
        return mongo;
    }

    public SqliteFile sqlite() {
        return sqlite;
    }

    public List<SourceConfig> sources() {
        return List.of(
                SourceConfig.of(new SourceId("pg"), "postgresql", postgres.jdbcUrl())
                        .withCredentials(postgres.user(), new Secret(postgres.password())),
                SourceConfig.of(new SourceId("mongo"), "mongodb", mongo.connectionString()),
                SourceConfig.of(new SourceId("lite"), "sqlite", sqlite.jdbcUrl()));
    }

    private static void create(Connection connection, String name, List<String> columns, List<String> types)
            throws SQLException {
        List<String> definitions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            definitions.add(columns.get(i) + " " + types.get(i));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (" + String.join(", ", definitions) + ")");
        }
    }

    private static void copy(Connection published, String table, Opening opening) throws SQLException {
        try (Statement statement = published.createStatement();
                ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
            ResultSetMetaData shape = rows.getMetaData();
            List<String> columns = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                columns.add(shape.getColumnName(i));
                types.add(type(shape.getColumnType(i)));
            }
            try (RowWriter writer = opening.open(table.toLowerCase(Locale.ROOT), columns, types)) {
                while (rows.next()) {
                    @Nullable Object[] row = new @Nullable Object[columns.size()];
                    for (int i = 0; i < row.length; i++) {
                        Object value = rows.getObject(i + 1);
                        row[i] = value instanceof Date date ? date.toLocalDate() : value;
                    }
                    writer.add(row);
                }
            }
        }
    }

    private static String type(int type) {
        return switch (type) {
            case Types.INTEGER -> "integer";
            case Types.DECIMAL, Types.NUMERIC -> "numeric(10,2)";
            case Types.DATE -> "date";
            case Types.TIMESTAMP -> "timestamp";
            default -> "varchar(220)";
        };
    }

    @Override
    public void close() {
        sqlite.close();
    }

    @FunctionalInterface
    private interface Opening {
        RowWriter open(String name, List<String> columns, List<String> types) throws SQLException;
    }
}
