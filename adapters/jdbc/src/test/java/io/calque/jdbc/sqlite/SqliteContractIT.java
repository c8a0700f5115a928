package io.calque.jdbc.sqlite;

import io.calque.embedded.SqliteFile;
import io.calque.jdbc.SqlContractDatabase;
import io.calque.spi.SourceId;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import io.calque.testkit.TestServers;
import io.calque.testkit.contract.AdapterContractTest;
import io.calque.testkit.contract.ContractDatabase;
import io.calque.testkit.contract.FixtureTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The contract on a SQLite file whose readers do not block its writers. */
class SqliteContractIT extends AdapterContractTest {
    @Override
    protected ContractDatabase database() {
        return new Database(TestServers.newSqliteFile());
    }

    @Override
    protected Optional<String> documentedAs() {
        return Optional.of("SQLite");
    }

    static final class Database extends SqlContractDatabase {
        /** What a REAL surely keeps of a decimal. */
        private static final int DOUBLE_DIGITS = 15;

        private final SqliteFile file;

        Database(SqliteFile file) {
            this.file = file;
            run("PRAGMA journal_mode = WAL");
        }

        @Override
        public Adapter adapter() {
            return new SqliteAdapter();
        }

        @Override
        public SourceConfig config() {
            return SourceConfig.of(new SourceId("lite"), "sqlite", file.jdbcUrl());
        }

        @Override
        public String schema() {
            return "main";
        }

        @Override
        public Optional<DataType> stored(DataType logical) {
            return switch (logical.kind()) {
                case SMALLINT, INTEGER -> Optional.of(DataType.BIGINT);
                case REAL -> Optional.of(DataType.DOUBLE);
                case DECIMAL -> logical.precision() > DOUBLE_DIGITS ? Optional.empty() : Optional.of(logical);
                default -> Optional.of(logical);
            };
        }

        @Override
        public Optional<SourceConfig> absent() {
            return Optional.of(SourceConfig.of(
                    new SourceId("lite"), "sqlite", "jdbc:sqlite:" + file.path().resolveSibling("absent.db")));
        }

        @Override
        public Optional<String> endless() {
            return Optional.of(
                    "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up) SELECT max(n) AS n FROM up");
        }

        @Override
        public List<String> nativeWrites(FixtureTable table) {
            return Stream.concat(
                            super.nativeWrites(table).stream(),
                            Stream.of("PRAGMA user_version = 7", "ATTACH DATABASE 'other.db' AS other", "VACUUM"))
                    .toList();
        }

        @Override
        protected Connection connect() throws SQLException {
            return file.connect();
        }

        @Override
        protected String declared(DataType type) {
            return switch (type.kind()) {
                case BOOLEAN -> "BOOLEAN";
                case SMALLINT -> "SMALLINT";
                case INTEGER -> "INTEGER";
                case BIGINT -> "BIGINT";
                case REAL, DOUBLE -> "REAL";
                case DECIMAL -> "DECIMAL(" + type.precision() + ", " + type.scale() + ")";
                case VARCHAR -> "TEXT";
                case VARBINARY -> "BLOB";
                case DATE -> "DATE";
                case TIME -> "TIME";
                case TIMESTAMP -> "DATETIME";
                case TIMESTAMP_TZ -> "TIMESTAMPTZ";
                case ARRAY -> throw new IllegalArgumentException("the fixture has no arrays");
            };
        }

        /** Dates and times are texts, with as many digits as they need: the forms vary from row to row, as people's do. */
        @Override
        protected Object bound(Object value) {
            if (value instanceof LocalDateTime time) {
                return time.toLocalDate() + " " + text(time.toLocalTime());
            }
            if (value instanceof LocalTime time) {
                return text(time);
            }
            if (value instanceof LocalDate || value instanceof Instant || value instanceof BigDecimal) {
                return value.toString();
            }
            return value instanceof Float real ? (Object) real.doubleValue() : value;
        }

        private static String text(LocalTime time) {
            return time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
