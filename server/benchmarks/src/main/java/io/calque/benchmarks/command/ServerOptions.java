package io.calque.benchmarks.command;

import io.calque.benchmarks.servers.GivenMongo;
import io.calque.benchmarks.servers.GivenPostgres;
import io.calque.benchmarks.servers.MongoHost;
import io.calque.benchmarks.servers.PostgresHost;
import io.calque.embedded.PostgresServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options about the servers: embedded ones unless others are given. */
final class ServerOptions {
    private static final Map<String, String> SETTINGS =
            Map.of("shared_buffers", "1GB", "work_mem", "64MB", "max_wal_size", "8GB");

    @Option(
            names = "--postgresql",
            paramLabel = "URL",
            description =
                    "Load into this PostgreSQL server instead of an embedded one: jdbc:postgresql://host:port/database."
                            + " Databases calque_bench_* are made there and dropped at the end.")
    private @Nullable String postgres;

    @Option(
            names = "--postgresql-user",
            paramLabel = "NAME",
            description = "Who may make databases there (default: PGUSER of the environment, or postgres).",
            defaultValue = "${env:PGUSER:-postgres}")
    private String user = "postgres";

    @Option(
            names = "--postgresql-password",
            paramLabel = "PASSWORD",
            description = "The user's password (default: PGPASSWORD of the environment).",
            defaultValue = "${env:PGPASSWORD:-}")
    private String password = "";

    @Option(
            names = "--mongodb",
            paramLabel = "URI",
            description = "Load into this MongoDB server instead of the embedded one: mongodb://host:port."
                    + " A database calque_bench_* is made there and dropped at the end.")
    private @Nullable String mongo;

    /** What to call the PostgreSQL server in a message. */
    String postgresName() {
        return postgres == null ? "an embedded PostgreSQL" : postgres;
    }

    PostgresHost postgres() {
        return postgres == null
                ? PostgresHost.embedded(PostgresServer.start(SETTINGS))
                : new GivenPostgres(postgres, user, password);
    }

    MongoHost mongo() {
        return mongo == null ? MongoHost.embedded() : new GivenMongo(mongo);
    }
}
