package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.pool.SourceOptions;
import io.calque.jdbc.postgresql.PostgresRelations.Attribute;
import io.calque.jdbc.postgresql.PostgresRelations.Relation;
import io.calque.jdbc.postgresql.PostgresTypes.Reading;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** PostgreSQL's catalog as table descriptors. Thread-safe; each call holds one connection. */
final class PostgresIntrospector implements Introspector {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Encodings in which bytes order as code points do. */
    private static final Set<String> ORDERED = Set.of("UTF8", "LATIN1");

    private final SourceConfig config;
    private final SourceOptions options;
    private final ConnectionPool pool;
    private final PostgresFailures failures;
    private final Clock clock;

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
            progress.report(0, 0, "catalog of " + config.id());
            PostgresRelations read = PostgresRelations.read(connection);
            List<Relation> selected = read.relations().stream()
                    .filter(r -> config.selects(r.schema(), r.name()))
                    .toList();
            List<Relation> readable =
                    selected.stream().filter(Relation::readable).toList();
            progress.report(0, readable.size(), "scales of unconstrained numerics");
            Map<Long, Map<Integer, Integer>> scales =
                    new PostgresScales(connection).observe(readable, read.attributes());
            List<TableDescriptor> tables = describe(read, readable, scales);
            progress.report(readable.size(), readable.size(), "catalog of " + config.id());
            return new Observation("PostgreSQL " + read.version(), tables, warnings(selected, readable, read));
        } catch (SQLException e) {
            throw failures.reading(e, 0);
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
        if (!ORDERED.contains(read.encoding())) {
            warnings.add("The database is encoded in " + read.encoding()
                    + ": order and ranges of text are computed in Calque, not at the source");
        }
        return warnings;
    }

    private List<TableDescriptor> describe(
            PostgresRelations read, List<Relation> relations, Map<Long, Map<Integer, Integer>> scales) {
        boolean ordered = ORDERED.contains(read.encoding());
        PostgresKeys keys = new PostgresKeys(config.id(), read);
        List<TableDescriptor> tables = new ArrayList<>();
        for (Relation relation : relations) {
            List<Attribute> attributes = read.attributes().getOrDefault(relation.oid(), List.of());
            List<ColumnDescriptor> columns = new ArrayList<>();
            for (Attribute attribute : attributes) {
                if (attribute.readable()) {
                    Optional<Integer> scale = Optional.ofNullable(
                            scales.getOrDefault(relation.oid(), Map.of()).get(attribute.number()));
                    columns.add(column(relation, attribute, scale, ordered, read.byBytes()));
                }
            }
            if (columns.isEmpty()) {
                continue;
            }
            tables.add(new TableDescriptor(
                    keys.name(relation),
                    relation.kind(),
                    columns,
                    keys.primaryKey(relation),
                    keys.uniqueKeys(relation),
                    keys.foreignKeys(relation),
                    keys.indexes(relation),
                    Optional.empty(),
                    new TableStatistics(relation.rows(), Optional.empty(), new TreeMap<>()),
                    relation.comment(),
                    new TreeMap<>()));
        }
        return tables;
    }

    private ColumnDescriptor column(
            Relation relation, Attribute attribute, Optional<Integer> scale, boolean ordered, boolean byBytes) {
        Reading reading = PostgresTypes.of(attribute.type(), attribute.modifier(), attribute.element());
        if (reading.open() && scale.isPresent()) {
            reading = PostgresTypes.observed(reading, scale.get());
        }
        Form form = reading.form();
        if (form == Form.PLAIN && reading.type().equals(DataType.VARCHAR)) {
            form = !ordered ? Form.UNORDERED : textForm(attribute, byBytes);
        }
        DataType type = options.typeOf(relation.schema(), relation.name(), attribute.name())
                .filter(wanted -> overrides(wanted, attribute))
                .orElse(reading.type());
        TreeMap<String, String> facts = new TreeMap<>();
        if (form != Form.PLAIN) {
            facts.put(Form.FACT, form.fact());
        }
        return new ColumnDescriptor(
                attribute.name(),
                List.of(attribute.name()),
                type,
                attribute.nativeType(),
                !attribute.notNull(),
                attribute.defaultValue(),
                attribute.identity()
                        ? Generation.IDENTITY
                        : attribute.generated() ? Generation.COMPUTED : Generation.NONE,
                attribute.comment(),
                facts);
    }

    private static Form textForm(Attribute attribute, boolean byBytes) {
        return switch (attribute.collation()) {
            case "bytes" -> Form.BINARY;
            case "default" -> byBytes ? Form.BINARY : Form.PLAIN;
            // Some take different texts for equal, and two of them in one comparison are an error.
            default -> Form.COLLATED;
        };
    }

    /** Only the scale of a number is anybody's to choose: everything else PostgreSQL says itself. */
    private static boolean overrides(DataType wanted, Attribute attribute) {
        return wanted.isExactNumeric() && attribute.type().equals("numeric");
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
}
