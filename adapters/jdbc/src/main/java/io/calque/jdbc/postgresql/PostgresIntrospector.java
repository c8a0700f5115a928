package io.calque.jdbc.postgresql;

import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.pool.SourceOptions;
import io.calque.jdbc.postgresql.PostgresRelations.Relation;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.source.ValueScan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** PostgreSQL's catalog as table descriptors. Thread-safe; each call holds one connection. */
final class PostgresIntrospector implements Introspector {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private final SourceConfig config;
    private final SourceOptions options;
    private final ConnectionPool pool;
    private final PostgresFailures failures;
    private final Clock clock;
    private final PostgresScales scales = new PostgresScales();

    PostgresIntrospector(
            SourceConfig config, SourceOptions options, ConnectionPool pool, PostgresFailures failures, Clock clock) {
        this.config = config;
        this.options = options;
        this.pool = pool;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public Observation observe(Progress progress) {
        try (Connection connection = connect()) {
            PostgresTransaction.begin(connection, "introspection", LONGEST);
            waitForLocksShortly(connection);
            progress.report(0, 0, "catalog of " + config.id());
            PostgresRelations read = PostgresRelations.read(connection);
            List<Relation> selected = read.relations().stream()
                    .filter(r -> config.selects(r.schema(), r.name()))
                    .toList();
            List<Relation> readable =
                    selected.stream().filter(Relation::readable).toList();
            progress.report(0, readable.size(), "scales of unconstrained numerics");
            Map<Long, Map<Integer, Integer>> scales = this.scales.observe(connection, readable, read.attributes());
            PostgresColumns columns = new PostgresColumns(read, options, scales);
            List<String> warnings = warnings(selected, readable, read);
            List<TableDescriptor> tables = describe(read, readable, columns, warnings);
            warnings.addAll(columns.warnings());
            progress.report(readable.size(), readable.size(), "catalog of " + config.id());
            return new Observation(
                    "PostgreSQL " + read.version(), tables, PostgresUserTypes.read(connection, config.id()), warnings);
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        }
    }

    @Override
    public Optional<Instant> clock() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT clock_timestamp()")) {
            rows.next();
            return Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant());
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        }
    }

    /** Definitions are read under a lock that a migration may hold for hours. */
    private static void waitForLocksShortly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '10s'");
        }
    }

    private Connection connect() {
        try {
            return pool.borrow();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
    }

    private static List<String> warnings(List<Relation> selected, List<Relation> readable, PostgresRelations read) {
        List<String> warnings = new ArrayList<>();
        if (readable.size() < selected.size()) {
            warnings.add((selected.size() - readable.size())
                    + " tables are left out because the user may not read them, the first is "
                    + selected.stream()
                            .filter(r -> !r.readable())
                            .map(r -> r.schema() + "." + r.name())
                            .findFirst()
                            .orElse(""));
        }
        if (!PostgresColumns.ordersByCodePoint(read.encoding())) {
            warnings.add("The database is encoded in " + read.encoding()
                    + ": order and ranges of text are computed in Calque, not at the source");
        }
        return warnings;
    }

    private List<TableDescriptor> describe(
            PostgresRelations read, List<Relation> relations, PostgresColumns shapes, List<String> warnings) {
        PostgresKeys keys = new PostgresKeys(config.id(), read);
        List<TableDescriptor> tables = new ArrayList<>();
        for (Relation relation : relations) {
            List<ColumnDescriptor> columns = shapes.of(relation);
            if (columns.isEmpty()) {
                warnings.add(relation.schema() + "." + relation.name() + " is left out: it has no columns");
                continue;
            }
            if (!relation.populated()) {
                warnings.add(relation.schema() + "." + relation.name()
                        + " cannot be read before it is filled: REFRESH MATERIALIZED VIEW fills it");
            }
            tables.add(new TableDescriptor(
                    keys.name(relation),
                    relation.kind(),
                    columns,
                    keys.primaryKey(relation, columns),
                    keys.uniqueKeys(relation, columns),
                    keys.foreignKeys(relation),
                    keys.indexes(relation),
                    Optional.empty(),
                    new TableStatistics(rows(relation, read), Optional.empty(), new TreeMap<>()),
                    relation.comment(),
                    facts(relation, columns, read, keys)));
        }
        return tables;
    }

    /** Those of the children too, which a read of the table reads. */
    private static OptionalDouble rows(Relation relation, PostgresRelations read) {
        Set<Long> below = read.descendants(relation.oid());
        if (below.isEmpty() || relation.rows().isEmpty()) {
            return relation.rows();
        }
        double inherited = read.relations().stream()
                .filter(r -> below.contains(r.oid()))
                .mapToDouble(r -> r.rows().orElse(0))
                .sum();
        return OptionalDouble.of(relation.rows().getAsDouble() + inherited);
    }

    private static TreeMap<String, String> facts(
            Relation relation, List<ColumnDescriptor> columns, PostgresRelations read, PostgresKeys keys) {
        TreeMap<String, String> facts = new TreeMap<>();
        relation.rowSecurity().ifPresent(value -> facts.put(Facts.ROW_SECURITY, value));
        relation.partitionKey().ifPresent(value -> facts.put(Facts.PARTITION_KEY, value));
        relation.definition().ifPresent(value -> facts.put(Facts.DEFINITION, value));
        List<String> parents = read.relations().stream()
                .filter(r -> read.children().getOrDefault(r.oid(), List.of()).contains(relation.oid()))
                .map(r -> JsonText.quoted(r.schema() + "." + r.name()))
                .toList();
        if (!parents.isEmpty()) {
            facts.put(Facts.INHERITS, "[" + String.join(",", parents) + "]");
        }
        keys.unproven(relation, columns).ifPresent(value -> facts.put(PostgresKeys.DECLARED, value));
        return facts;
    }

    @Override
    public Map<TableName, TableStatistics> recorded(List<TableDescriptor> tables) {
        try (Connection connection = connect()) {
            PostgresTransaction.begin(connection, "statistics", LONGEST);
            return new PostgresStatistics(connection, clock).analyzed(tables);
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        }
    }

    @Override
    public TableStatistics measure(TableDescriptor table, Budget budget) {
        try (Connection connection = connect()) {
            PostgresTransaction.begin(connection, "statistics", budget.time());
            return new PostgresStatistics(connection, clock).measure(table, budget);
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        }
    }

    @Override
    public ValueScan values(TableDescriptor table, List<String> columns, Budget budget, ValueScan.Sink sink) {
        try (Connection connection = connect()) {
            PostgresTransaction.begin(connection, "values", budget.time());
            return new PostgresValues(connection).read(table, columns, budget, sink);
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        }
    }
}
