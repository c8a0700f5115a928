package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.pool.SourceOptions;
import io.calque.jdbc.sqlite.SqliteSchema.Column;
import io.calque.jdbc.sqlite.SqliteSchema.Relation;
import io.calque.jdbc.sqlite.SqliteTypes.Reading;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.source.ValueScan;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A SQLite file's schema as table descriptors. Thread-safe; each call holds one connection. */
final class SqliteIntrospector implements Introspector {
    private final SourceConfig config;
    private final SqliteSettings settings;
    private final ConnectionPool pool;
    private final SqliteFailures failures;
    private final Clock clock;

    SqliteIntrospector(
            SourceConfig config, SqliteSettings settings, ConnectionPool pool, SqliteFailures failures, Clock clock) {
        this.config = config;
        this.settings = settings;
        this.pool = pool;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public Observation observe(Progress progress) {
        try (Connection connection = connect()) {
            progress.report(0, 0, "schema of " + config.id());
            String encoding = one(connection, "PRAGMA encoding");
            List<String> schemas = new ArrayList<>(List.of("main"));
            schemas.addAll(settings.attached().keySet());
            List<TableDescriptor> tables = new ArrayList<>();
            List<String> warnings = new ArrayList<>();
            for (String name : schemas) {
                describe(connection, SqliteSchema.read(connection, name), encoding, tables, warnings);
            }
            progress.report(tables.size(), tables.size(), "schema of " + config.id());
            return new Observation("SQLite " + one(connection, "SELECT sqlite_version()"), tables, warnings);
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

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private void describe(
            Connection connection,
            SqliteSchema schema,
            String encoding,
            List<TableDescriptor> tables,
            List<String> warnings)
            throws SQLException {
        SqliteKeys keys = new SqliteKeys(config.id(), schema);
        SqliteLook look = new SqliteLook(connection, schema);
        schema.broken().entrySet().stream()
                .filter(table -> config.selects(schema.name(), table.getKey()))
                .forEach(table ->
                        warnings.add(schema.name() + "." + table.getKey() + " is left out: " + table.getValue()));
        for (Relation relation : schema.relations()) {
            List<Column> columns = schema.columns().getOrDefault(relation.name(), List.of());
            if (columns.isEmpty() || !config.selects(schema.name(), relation.name())) {
                continue;
            }
            Map<String, Reading> seen;
            try {
                seen = look.at(relation, columns);
            } catch (SQLException e) {
                // A view over a table that is gone, a module that is not loaded: one broken table hides no other.
                warnings.add(schema.name() + "." + relation.name() + " is left out: " + SqliteFailures.reason(e));
                continue;
            }
            boolean collated = relation.kind() == TableKind.TABLE
                    ? SqliteSchema.mentionsCollation(relation.sql())
                    : schema.mentionsCollation();
            Form text = !encoding.equals("UTF-8") ? Form.UNORDERED : collated ? Form.COLLATED : Form.PLAIN;
            List<ColumnDescriptor> described = new ArrayList<>();
            for (Column column : columns) {
                boolean nullable = keys.nullable(relation, column);
                boolean given = keys.isRowid(relation, column);
                described.add(column(schema, relation, column, nullable, given, seen, text));
                denied(schema, relation, column, seen).ifPresent(warnings::add);
            }
            tables.add(new TableDescriptor(
                    keys.name(relation),
                    relation.kind(),
                    described,
                    keys.primaryKey(relation, described),
                    keys.uniqueKeys(relation, described),
                    keys.foreignKeys(relation),
                    keys.descriptors(relation),
                    Optional.empty(),
                    new TableStatistics(relation.rows(), Optional.empty(), new TreeMap<>()),
                    "",
                    facts(relation, described, keys)));
        }
    }

    /** Of a column that is not read as it is declared, and not because the configuration says so. */
    private Optional<String> denied(SqliteSchema schema, Relation relation, Column column, Map<String, Reading> seen) {
        SourceOptions options = settings.options();
        boolean told =
                options.typeOf(schema.name(), relation.name(), column.name()).isPresent()
                        || options.ofColumn(SqliteSettings.STORAGE, schema.name(), relation.name(), column.name())
                                .isPresent();
        String place = schema.name() + "." + relation.name() + "." + column.name();
        return column.declared().isBlank() || told
                ? Optional.empty()
                : Optional.ofNullable(seen.get(column.name()))
                        .map(reading -> place + " is declared " + column.declared()
                                + " and holds other values: it is read as " + reading.type() + "; 'type." + place
                                + "' of the source's options says otherwise");
    }

    private static TreeMap<String, String> facts(Relation relation, List<ColumnDescriptor> columns, SqliteKeys keys) {
        TreeMap<String, String> facts = new TreeMap<>();
        if (relation.kind() != TableKind.TABLE) {
            facts.put(Facts.DEFINITION, relation.sql());
        }
        if (relation.withoutRowid()) {
            facts.put("rowid", "none");
        }
        if (relation.strict()) {
            facts.put("strict", "true");
        }
        keys.unproven(relation, columns).ifPresent(key -> facts.put(SqliteKeys.DECLARED, key));
        return facts;
    }

    private ColumnDescriptor column(
            SqliteSchema schema,
            Relation relation,
            Column column,
            boolean nullable,
            boolean given,
            Map<String, Reading> seen,
            Form text) {
        Reading reading = Optional.ofNullable(seen.get(column.name()))
                .or(() -> SqliteTypes.of(column.declared()))
                .orElse(new Reading(DataType.VARCHAR, Form.NATIVE));
        Reading wanted = overridden(schema.name(), relation.name(), column, reading);
        Form form = wanted.type().equals(DataType.VARCHAR) && wanted.form() == Form.PLAIN ? text : wanted.form();
        TreeMap<String, String> facts = new TreeMap<>();
        if (form != Form.PLAIN) {
            facts.put(Form.FACT, form.fact());
        }
        if (!column.generated().isEmpty()) {
            facts.put("computed", column.generated());
        }
        if (given) {
            facts.put(Facts.IDENTITY, "by default");
        }
        return new ColumnDescriptor(
                column.name(),
                List.of(column.name()),
                wanted.type(),
                column.declared().toLowerCase(Locale.ROOT),
                nullable,
                column.defaultValue(),
                given ? Generation.IDENTITY : column.generated().isEmpty() ? Generation.NONE : Generation.COMPUTED,
                "",
                facts);
    }

    /** The configuration may say what the declared type does not: the scale, that a text is a date, how a date is stored. */
    private Reading overridden(String schema, String table, Column column, Reading reading) {
        SourceOptions options = settings.options();
        DataType type = options.typeOf(schema, table, column.name()).orElse(reading.type());
        Optional<Form> storage = options.ofColumn(SqliteSettings.STORAGE, schema, table, column.name())
                .map(value -> SqliteTypes.storage(value)
                        .orElseThrow(() -> options.invalid(
                                SqliteSettings.STORAGE + schema + "." + table + "." + column.name(),
                                value,
                                "text, unix, unix_ms or julian")));
        if (storage.isPresent()) {
            DataType instant =
                    type.kind() == TypeKind.DATE || type.kind() == TypeKind.TIMESTAMP_TZ ? type : DataType.TIMESTAMP;
            return new Reading(instant, storage.get());
        }
        boolean bytes = type.kind() == TypeKind.VARBINARY
                && options.typeOf(schema, table, column.name()).isPresent();
        if (type.equals(reading.type()) && !bytes) {
            return reading;
        }
        Form form = switch (type.kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> Form.ISO_TEXT;
            case DECIMAL -> reading.type().isNumeric() ? Form.ROUNDED : Form.NATIVE;
            case VARCHAR, VARBINARY -> Form.NATIVE;
            default -> reading.type().isNumeric() ? Form.PLAIN : Form.NATIVE;
        };
        return new Reading(type, form);
    }

    @Override
    public TableStatistics measure(TableDescriptor table, Budget budget) {
        try (Connection connection = connect()) {
            return new SqliteStatistics(connection, clock).measure(table, budget);
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        }
    }

    @Override
    public ValueScan values(TableDescriptor table, List<String> columns, Budget budget, ValueScan.Sink sink) {
        try (Connection connection = connect()) {
            return new SqliteValues(connection).read(table, columns, budget, sink);
        } catch (SQLException e) {
            throw failures.reading(e, 0);
        }
    }
}
