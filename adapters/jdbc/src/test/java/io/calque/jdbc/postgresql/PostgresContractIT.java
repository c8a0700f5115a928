package io.calque.jdbc.postgresql;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.SqlContractDatabase;
import io.calque.spi.SourceId;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Secret;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import io.calque.testkit.TestServers;
import io.calque.testkit.contract.AdapterContractTest;
import io.calque.testkit.contract.ContractDatabase;
import io.calque.testkit.contract.FixtureTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The contract on PostgreSQL, in a database that compares text by code point. */
class PostgresContractIT extends AdapterContractTest {
    @Override
    protected ContractDatabase database() {
        return new Database(TestServers.newPostgresDatabase());
    }

    @Override
    protected Optional<String> documentedAs() {
        return Optional.of("PostgreSQL");
    }

    static final class Database extends SqlContractDatabase {
        private final PostgresDatabase database;
        private final Runnable closer;

        Database(PostgresDatabase database) {
            this(database, () -> TestServers.postgres().dropDatabase(database.name()));
        }

        Database(PostgresDatabase database, Runnable closer) {
            this.database = database;
            this.closer = closer;
        }

        @Override
        public Adapter adapter() {
            return new PostgresAdapter();
        }

        @Override
        public SourceConfig config() {
            return SourceConfig.of(new SourceId("pg"), "postgresql", database.jdbcUrl())
                    .withCredentials(database.user(), new Secret(database.password()));
        }

        @Override
        public String schema() {
            return "public";
        }

        @Override
        public Optional<DataType> stored(DataType logical) {
            return Optional.of(logical);
        }

        @Override
        public Optional<SourceConfig> at(String host, int port) {
            return Optional.of(SourceConfig.of(
                            new SourceId("pg"), "postgresql", "jdbc:postgresql://" + host + ":" + port + "/some")
                    .withCredentials("someone", new Secret("something")));
        }

        @Override
        public Optional<SourceConfig> refused() {
            return Optional.of(config().withCredentials(database.user(), new Secret("not-the-password")));
        }

        @Override
        public List<String> nativeWrites(FixtureTable table) {
            return Stream.concat(
                            super.nativeWrites(table).stream(),
                            Stream.of(
                                    "WITH gone AS (DELETE FROM " + table.name() + " RETURNING *) SELECT * FROM gone",
                                    "SELECT 1; DELETE FROM " + table.name(),
                                    "SELECT 1) AS a; COMMIT; DELETE FROM " + table.name() + "; SELECT * FROM (SELECT 1",
                                    "TRUNCATE " + table.name(),
                                    "SELECT lo_create(0) AS made"))
                    .toList();
        }

        @Override
        public Optional<String> endless() {
            return Optional.of("SELECT 1 AS one FROM pg_sleep(300)");
        }

        @Override
        public Optional<Integer> running() {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = '"
                            + database.name() + "' AND state = 'active' AND pid <> pg_backend_pid()"
                            + " AND backend_type = 'client backend'")) {
                result.next();
                return Optional.of(result.getInt(1));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Connection connect() throws SQLException {
            return database.connect();
        }

        @Override
        protected String declared(DataType type) {
            return switch (type.kind()) {
                case BOOLEAN -> "boolean";
                case SMALLINT -> "smallint";
                case INTEGER -> "integer";
                case BIGINT -> "bigint";
                case REAL -> "real";
                case DOUBLE -> "double precision";
                case DECIMAL -> "numeric(" + type.precision() + ", " + type.scale() + ")";
                case VARCHAR -> "text";
                case VARBINARY -> "bytea";
                case DATE -> "date";
                case TIME -> "time";
                case TIMESTAMP -> "timestamp";
                case TIMESTAMP_TZ -> "timestamptz";
                case ARRAY -> throw new IllegalArgumentException("the fixture has no arrays");
            };
        }

        @Override
        protected Object bound(Object value) {
            return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
        }

        @Override
        public void close() {
            closer.run();
        }
    }
}
