package io.calque.benchmarks.questions;

import io.calque.benchmarks.relate.FlatChinook;
import io.calque.benchmarks.tpch.TpchReference;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.benchmarks.tpch.TpchWorld;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.MongoServer;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import io.calque.embedded.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The databases that the questions are about, whole in PostgreSQL ({@code chinook}, {@code tpch} and dumps) and spread over three sources each, with a
 * configuration of either: one catalog of both would relate the copies to each other. As a program it stays until it is ended:
 * {@code QuestionWorld calque.yaml spread.yaml [source=dump.sql ...]}.
 */
public final class QuestionWorld {
    private static final double SCALE_FACTOR = 0.01;
    private static final int PARTS = 3;

    private QuestionWorld() {}

    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        PostgresServer postgres = PostgresServer.start();
        MongoServer mongo = MongoServer.start();
        FlatChinook chinook = FlatChinook.load(postgres, mongo);
        TpchWorld tpch = TpchWorld.load(TpchSplit.MIXED, SCALE_FACTOR, postgres);
        String yaml = "sources:\n"
                + relational("chinook", FlatChinook.inOne(postgres))
                + relational("tpch", TpchReference.load(SCALE_FACTOR, postgres).database());
        String spread = "registry: .calque/spread.db\nsources:\n"
                + relational("chinook_pg", chinook.postgres())
                + documents("chinook_mongo", chinook.mongo())
                + file("chinook_lite", chinook.sqlite())
                + relational("tpch_pg", tpch.postgres())
                + documents("tpch_mongo", tpch.mongo())
                + file("tpch_lite", tpch.sqlite());
        StringBuilder all = new StringBuilder(yaml);
        for (int i = 2; i < arguments.length; i++) {
            String source = arguments[i].substring(0, arguments[i].indexOf('='));
            Path dump = Path.of(arguments[i].substring(source.length() + 1));
            all.append(relational(source, loaded(postgres, source, dump)));
            for (int part = 1; part <= PARTS; part++) {
                PostgresDatabase database = loaded(postgres, source + "_" + part, dump);
                keep(part, database);
                spread += relational(source + "_" + part, database);
            }
        }
        Files.writeString(Path.of(arguments[0]), all);
        Files.writeString(Path.of(arguments[1]), spread);
        Thread.currentThread().join();
    }

    private static PostgresDatabase loaded(PostgresServer postgres, String name, Path dump)
            throws IOException, SQLException {
        PostgresDatabase database = postgres.createDatabase(name);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(dump));
        }
        return database;
    }

    /** Every third table stays; keys that refer to another part go with it. */
    private static void keep(int part, PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (int i = 0; i < tables.size(); i++) {
                if (i % PARTS != part - 1) {
                    statement.execute("DROP TABLE \"" + tables.get(i) + "\" CASCADE");
                }
            }
        }
    }

    static String relational(String name, PostgresDatabase database) {
        return "  " + name + ":\n    kind: postgresql\n    url: " + database.jdbcUrl() + "\n    user: "
                + database.user() + "\n    password: " + database.password() + "\n    include: [\"public.*\"]\n";
    }

    private static String documents(String name, MongoDatabaseAddress database) {
        return "  " + name + ":\n    kind: mongodb\n    url: " + database.connectionString() + "\n";
    }

    private static String file(String name, SqliteFile database) {
        return "  " + name + ":\n    kind: sqlite\n    url: " + database.jdbcUrl() + "\n";
    }
}
