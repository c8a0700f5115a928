package io.calque.benchmarks.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.calque.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TpchWorldTest {
    private static final double SCALE_FACTOR = 0.01;
    private static final Map<String, Long> ROWS = Map.of(
            "region",
            5L,
            "nation",
            25L,
            "supplier",
            100L,
            "customer",
            1500L,
            "part",
            2000L,
            "partsupp",
            8000L,
            "orders",
            15000L,
            "lineitem",
            60175L);

    private static final Map<TpchSplit, TpchWorld> worlds = new EnumMap<>(TpchSplit.class);
    private static PostgresServer postgres;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start();
        for (TpchSplit split : TpchSplit.values()) {
            worlds.put(split, TpchWorld.load(split, SCALE_FACTOR, postgres));
        }
    }

    @AfterAll
    static void stop() {
        worlds.values().forEach(TpchWorld::close);
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    void spreadsEveryTableOnce(TpchSplit split) throws SQLException {
        TpchWorld world = worlds.get(split);
        try (MongoClient client = MongoClients.create(world.mongo().connectionString());
                Connection sales = world.postgres().connect();
                Connection file = world.sqlite().connect()) {
            Map<String, Long> counts = new TreeMap<>();
            for (TpchTable table : split.inPostgres()) {
                counts.put(table.tableName(), number(sales, "select count(*) from " + table.tableName()));
            }
            for (TpchTable table : split.inSqlite()) {
                counts.put(table.tableName(), number(file, "select count(*) from " + table.tableName()));
            }
            MongoDatabase mongo = client.getDatabase(world.mongo().database());
            for (TpchTable table : split.inMongo()) {
                counts.put(
                        table.tableName(),
                        mongo.getCollection(table.tableName()).countDocuments());
            }
            assertThat(counts).isEqualTo(new TreeMap<>(ROWS));
        }
    }

    @Test
    void storesValuesAsUsersOfEachDatabaseDo() throws SQLException {
        TpchWorld world = worlds.get(TpchSplit.HARD);
        try (MongoClient client = MongoClients.create(world.mongo().connectionString());
                Connection file = world.sqlite().connect()) {
            assertThat(client.getDatabase("tpch").getCollection("orders").find(new Document("o_orderkey", 1L)))
                    .singleElement()
                    .satisfies(order -> assertThat(order)
                            .containsEntry("o_totalprice", Decimal128.parse("172799.49"))
                            .containsEntry("o_orderdate", Date.from(Instant.parse("1996-01-02T00:00:00Z")))
                            .containsEntry("o_shippriority", 0));
            assertThat(number(file, "select count(*) from customer where c_acctbal = 711.56"))
                    .isEqualTo(1);
            assertThat(number(file, "select count(*) from partsupp where typeof(ps_supplycost) = 'integer'"))
                    .isPositive();
        }
    }

    @Test
    void refusesAScaleFactorAtWhichKeysRepeat() {
        assertThatThrownBy(() -> TpchWorld.load(TpchSplit.MIXED, 0.001, postgres))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Scale factor 0.001 is below 0.01, where TPC-H's keys are not unique");
    }

    @Test
    void keysAndAnalyzesWhatPostgresHolds() throws SQLException {
        TpchWorld world = worlds.get(TpchSplit.MIXED);
        try (Connection sales = world.postgres().connect()) {
            assertThat(
                            number(
                                    sales,
                                    "select count(*) from pg_constraint where contype = 'p' and connamespace = 'public'::regnamespace"))
                    .isEqualTo(3);
            assertThat(
                            number(
                                    sales,
                                    "select count(*) from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace"))
                    .isEqualTo(2);
            assertThat(number(sales, "select reltuples from pg_class where relname = 'orders'"))
                    .isEqualTo(15_000);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getLong(1);
        }
    }
}
