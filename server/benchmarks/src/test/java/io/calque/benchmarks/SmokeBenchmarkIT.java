package io.calque.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.calque.benchmarks.measure.Scan;
import io.calque.benchmarks.measure.Timing;
import io.calque.benchmarks.tpch.SharedTpch;
import io.calque.benchmarks.tpch.TpchInstallation;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.benchmarks.tpch.TpchWorld;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Reads whole tables through Calque and through the databases' own drivers, in turns, so that both suffer alike from
 * whatever else the machine does. Values are compared before they are timed. Fails when the median of the speeds' ratios
 * falls below a bound far under what docs/measurements.md shows.
 */
@Timeout(180)
@ExtendWith(SharedTpch.class)
class SmokeBenchmarkIT {
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 9;
    private static final int FETCH_SIZE = 1024;
    private static final String LINEITEM =
            "select l_orderkey, l_quantity, l_extendedprice, l_shipdate, l_shipmode from lineitem";
    private static final List<String> ORDERS =
            List.of("o_orderkey", "o_custkey", "o_totalprice", "o_orderdate", "o_orderpriority");
    private static final String PARTSUPP = "select ps_partkey, ps_suppkey, ps_availqty, ps_comment from partsupp";

    private static TpchWorld world;
    private static BenchmarkServer server;
    private static Session session;

    @BeforeAll
    static void start(TpchInstallation tpch) {
        world = tpch.world(TpchSplit.HARD);
        server = tpch.server(TpchSplit.HARD);
        session = server.engine().open(Principal.LOCAL, Map.of());
    }

    @AfterAll
    static void stop() {
        session.close();
    }

    @Test
    void readsPostgresAtTheSpeedOfItsDriver() throws SQLException {
        try (Connection raw = world.postgres().connect()) {
            // without this the driver buffers the whole table
            raw.setAutoCommit(false);
            compare("PostgreSQL", 0.2, Scan.jdbc(raw, LINEITEM, FETCH_SIZE), Scan.engine(session, LINEITEM));
        }
    }

    @Test
    void readsMongoAtTheSpeedOfItsDriver() throws SQLException {
        try (MongoClient client = MongoClients.create(world.mongo().connectionString())) {
            MongoCollection<Document> orders =
                    client.getDatabase(world.mongo().database()).getCollection("orders");
            compare(
                    "MongoDB",
                    0.2,
                    Scan.mongo(orders, ORDERS, FETCH_SIZE),
                    Scan.engine(session, "select " + String.join(", ", ORDERS) + " from orders"));
        }
    }

    @Test
    void readsSqliteAtTheSpeedOfItsDriver() throws SQLException {
        try (Connection raw = world.sqlite().connect()) {
            compare("SQLite", 0.2, Scan.jdbc(raw, PARTSUPP, FETCH_SIZE), Scan.engine(session, PARTSUPP));
        }
    }

    @Test
    void readsThroughTheRemoteDriver() throws SQLException {
        try (Connection raw = world.postgres().connect();
                Connection remote = server.connect()) {
            raw.setAutoCommit(false);
            compare("remote driver", 0.1, Scan.jdbc(raw, LINEITEM, FETCH_SIZE), Scan.jdbc(remote, LINEITEM, 0));
        }
    }

    private static void compare(String name, double least, Scan raw, Scan calque) throws SQLException {
        Scan.Figures expected = raw.read();
        assertThat(calque.read()).as("rows and checksum").isEqualTo(expected);
        double[] rawSeconds = new double[ROUNDS];
        double[] calqueSeconds = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            double rawTime = seconds(raw);
            double calqueTime = seconds(calque);
            if (round >= 0) {
                rawSeconds[round] = rawTime;
                calqueSeconds[round] = calqueTime;
                ratios[round] = rawTime / calqueTime;
            }
        }
        double ratio = Timing.quantile(ratios, 0.5);
        System.out.printf(
                "smoke: %-13s %6d rows, driver alone %5.0f k rows/s, Calque %5.0f k rows/s, ratio %.2f (at least %.2f)%n",
                name,
                expected.rows(),
                expected.rows() / Timing.of(rawSeconds).median() / 1000,
                expected.rows() / Timing.of(calqueSeconds).median() / 1000,
                ratio,
                least);
        assertThat(ratio)
                .as(name + ": Calque's speed, as a share of the driver's")
                .isGreaterThan(least);
    }

    private static double seconds(Scan scan) throws SQLException {
        long start = System.nanoTime();
        scan.read();
        return (System.nanoTime() - start) / 1e9;
    }
}
