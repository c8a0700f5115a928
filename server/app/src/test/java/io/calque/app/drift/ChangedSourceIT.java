package io.calque.app.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.SqliteFile;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources change behind the registry's back; queries come through the JDBC driver. */
final class ChangedSourceIT {
    @TempDir
    private Path directory;

    private PostgresDatabase crm;
    private SqliteFile office;
    private MongoDatabaseAddress shop;
    private MongoClient mongo;
    private Connection calque;

    @BeforeEach
    void connect() throws SQLException, IOException {
        crm = TestServers.newPostgresDatabase();
        inCrm(
                "CREATE TABLE customer (id integer PRIMARY KEY, \"Email\" text, code integer, city text)",
                "INSERT INTO customer SELECT i, 'mail' || i, i * 10, 'city' || i FROM generate_series(1, 5) i");
        office = TestServers.newSqliteFile();
        inOffice(
                "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, code INTEGER)",
                "INSERT INTO item VALUES (1, 'Ann', 10), (2, 'Bob', 20)");
        shop = TestServers.newMongoDatabase();
        mongo = MongoClients.create(shop.connectionString());
        orders().insertMany(IntStream.rangeClosed(1, 5)
                .mapToObj(i -> new Document("_id", i).append("n", i).append("city", "city" + i))
                .toList());
        Path config = Files.writeString(directory.resolve("calque.yaml"), """
                sources:
                  crm: {kind: postgresql, url: '%s', user: %s, password: %s}
                  office: {kind: sqlite, url: '%s'}
                  shop: {kind: mongodb, url: '%s'}
                """.formatted(
                        crm.jdbcUrl(), crm.user(), crm.password(), office.jdbcUrl(), shop.connectionString()));
        calque = DriverManager.getConnection("jdbc:calque:file:" + config);
    }

    @AfterEach
    void disconnect() throws SQLException {
        calque.close();
        mongo.close();
    }

    private MongoCollection<Document> orders() {
        return mongo.getDatabase(shop.database()).getCollection("orders");
    }

    private void inCrm(String... statements) throws SQLException {
        try (Connection connection = crm.connect()) {
            execute(connection, statements);
        }
    }

    private void inOffice(String... statements) throws SQLException {
        try (Connection connection = office.connect()) {
            execute(connection, statements);
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Statement statement = calque.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return first(rows);
        }
    }

    private static List<String> first(ResultSet rows) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getString(1));
        }
        return values;
    }

    /** SQLSTATE and message. */
    private String failure(String sql) {
        SQLException failure = catchThrowableOfType(SQLException.class, () -> rows(sql));
        return failure.getSQLState() + ": " + failure.getMessage();
    }

    @Test
    void postgresIsReadAgainWhenAColumnOnlyChangedItsCase() throws SQLException {
        String sql = "SELECT city FROM crm.customer WHERE email LIKE 'mail2%'";
        assertThat(rows(sql)).containsExactly("city2");
        inCrm("ALTER TABLE customer RENAME COLUMN \"Email\" TO email");

        assertThat(rows(sql)).containsExactly("city2");
    }

    @Test
    void aStatementPreparedBeforeTheChangeRunsToo() throws SQLException {
        try (PreparedStatement statement = calque.prepareStatement("SELECT id FROM crm.customer WHERE email = ?")) {
            statement.setString(1, "mail3");
            assertThat(first(statement.executeQuery())).containsExactly("3");
            inCrm("ALTER TABLE customer RENAME COLUMN \"Email\" TO email");

            assertThat(first(statement.executeQuery())).containsExactly("3");
        }
    }

    @Test
    void postgresIsReadAgainWhenAColumnOfTheFilterGotAnotherType() throws SQLException {
        String sql = "SELECT id FROM crm.customer WHERE CAST(code AS VARCHAR) = '20'";
        assertThat(rows(sql)).containsExactly("2");
        inCrm("ALTER TABLE customer ALTER COLUMN code TYPE boolean USING code = 20");

        assertThat(rows("SELECT id FROM crm.customer WHERE CAST(code AS VARCHAR) <> 'false' AND id < 9"))
                .containsExactly("2");
    }

    @Test
    void anErrorNamesTheColumnThatWasRenamed() throws SQLException {
        inCrm("ALTER TABLE customer RENAME COLUMN city TO town");

        assertThat(failure("SELECT city FROM crm.customer"))
                .startsWith("HV000: ")
                .contains("column crm.public.customer.city was removed (version ")
                .contains("nearest: town (renamed?)");
    }

    @Test
    void anErrorNamesTheTableThatWasRenamed() throws SQLException {
        inCrm("ALTER TABLE customer RENAME TO client");

        assertThat(failure("SELECT id FROM crm.customer"))
                .contains("table crm.public.customer was removed")
                .contains("it may be crm.public.client now");
    }

    @Test
    void anotherResultTypeIsAnError() throws SQLException {
        inCrm("ALTER TABLE customer ALTER COLUMN code TYPE text USING 'x' || code");

        assertThat(failure("SELECT code FROM crm.customer"))
                .startsWith("HV000: ")
                .contains("column crm.public.customer.code changed from INTEGER to VARCHAR")
                .contains("now returns [code VARCHAR] instead of [code INTEGER]; prepare it again");
        assertThat(rows("SELECT code FROM crm.customer ORDER BY id LIMIT 1")).containsExactly("x10");
    }

    @Test
    void sqliteIsReadAgainWhenAColumnOnlyCountedIsGone() throws SQLException {
        String sql = "SELECT COUNT(*) FROM (SELECT DISTINCT * FROM office.item) d";
        assertThat(rows(sql)).containsExactly("2");
        inOffice("ALTER TABLE item DROP COLUMN name");

        assertThat(rows(sql)).containsExactly("2");
    }

    @Test
    void sqliteTakesNoMissingColumnForAText() throws SQLException {
        inOffice("ALTER TABLE item RENAME COLUMN name TO label");

        assertThat(failure("SELECT name FROM office.item"))
                .contains("column office.main.item.name was removed")
                .contains("nearest: label (renamed?)");
        assertThat(rows("SELECT label FROM office.item ORDER BY id")).containsExactly("Ann", "Bob");
    }

    @Test
    void sqliteSaysThatTheResultTypeChanged() throws SQLException {
        inOffice(
                "CREATE TABLE remade (id INTEGER PRIMARY KEY, name TEXT, code TEXT)",
                "INSERT INTO remade SELECT id, name, 'x' || code FROM item",
                "DROP TABLE item",
                "ALTER TABLE remade RENAME TO item");

        assertThat(failure("SELECT code FROM office.item"))
                .contains("column office.main.item.code changed from BIGINT to VARCHAR")
                .contains("now returns [code VARCHAR]");
    }

    @Test
    void mongoIsReadAgainWhenAFieldOfTheFilterGotAnotherType() throws SQLException {
        execute(calque, "SET pushdown = off");
        String sql = "SELECT city FROM shop.orders WHERE CAST(n AS VARCHAR) LIKE '%3'";
        assertThat(rows(sql)).containsExactly("city3");
        for (int i = 1; i <= 5; i++) {
            orders().updateOne(new Document("_id", i), Updates.set("n", "t" + i));
        }

        assertThat(rows(sql)).containsExactly("city3");
    }

    @Test
    void mongoSaysThatTheResultTypeChanged() {
        for (int i = 1; i <= 5; i++) {
            orders().updateOne(new Document("_id", i), Updates.set("n", "t" + i));
        }

        assertThat(failure("SELECT n FROM shop.orders"))
                .contains("orders.n changed from INTEGER to VARCHAR")
                .contains("now returns [n VARCHAR] instead of [n INTEGER]");
    }

    @Test
    void aVanishedCollectionIsNotAnEmptyOne() throws SQLException {
        orders().renameCollection(new MongoNamespace(shop.database(), "purchases"));

        for (String sql : List.of("SELECT city FROM shop.orders", "SELECT COUNT(*) FROM shop.orders")) {
            assertThat(failure(sql)).isNotNull();
        }
        assertThat(rows("SELECT COUNT(*) FROM shop.purchases")).containsExactly("5");
    }

    @Test
    void theFirstQueryOnAVanishedCollectionSaysWhatItMayBeNow() {
        orders().renameCollection(new MongoNamespace(shop.database(), "purchases"));

        assertThat(failure("SELECT COUNT(*) FROM shop.orders"))
                .contains("orders was removed")
                .contains("purchases now");
    }

    @Test
    void anEmptyCollectionIsEmpty() throws SQLException {
        orders().deleteMany(new Document());

        assertThat(rows("SELECT city FROM shop.orders")).isEmpty();
        assertThat(rows("SELECT COUNT(*) FROM shop.orders")).containsExactly("0");
    }

    @Test
    void savedViewsThatBreakAreNamed() throws SQLException {
        execute(
                calque,
                "CREATE VIEW towns AS SELECT id, city FROM crm.customer",
                "CREATE VIEW big_towns AS SELECT * FROM towns WHERE id > 2",
                "CREATE VIEW codes AS SELECT code FROM crm.customer");
        inCrm("ALTER TABLE customer RENAME COLUMN city TO town");
        assertThat(failure("SELECT city FROM crm.customer")).isNotNull();

        assertThat(rows("SELECT object_name || ': ' || description FROM system.drift WHERE kind = 'view_broken'"
                        + " ORDER BY 1"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("big_towns: view big_towns fails because crm.public.customer: column city")
                                .contains("may be the former city"),
                        second -> assertThat(second).startsWith("towns: view towns fails because"));
    }
}
