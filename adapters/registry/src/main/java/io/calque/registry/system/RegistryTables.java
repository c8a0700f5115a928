package io.calque.registry.system;

import static io.calque.registry.system.SystemTableBuilder.table;

import io.calque.registry.store.RecordedChange;
import io.calque.registry.store.Registry;
import io.calque.registry.store.RegistryVersion;
import io.calque.registry.store.SourceHealth;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.TableDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Schema {@code system}: the registry in its own words. Stateless. */
final class RegistryTables {
    private static final String SCHEMA = "system";

    private RegistryTables() {}

    static List<SystemTable> of(
            Registry registry, Relations relations, Function<CatalogSnapshot, Stream<RecordedChange>> moreDrift) {
        return List.of(
                sources(registry),
                tables(),
                columns(),
                keys(),
                foreignKeys(),
                indexes(),
                statistics(),
                views(relations),
                versions(registry),
                drift(registry, moreDrift));
    }

    private static SystemTable sources(Registry registry) {
        return table(SCHEMA, "sources", view -> states(registry, view))
                .text("source", s -> s.source().id().value())
                .text("kind", s -> s.source().kind())
                .text("product", s -> s.source().product())
                .text("status", SourceState::status)
                .integer("table_count", s -> s.source().tables().size())
                .instant("observed_at", s -> s.source().observedAt())
                .optionalBig("age_seconds", SourceState::ageSeconds)
                .instant("last_success_at", SourceState::lastSuccess)
                .instant("last_error_at", SourceState::lastErrorAt)
                .optionalText("last_error", SourceState::lastError)
                .build();
    }

    private static Stream<SourceState> states(Registry registry, SystemView view) {
        Map<SourceId, SourceHealth> health = registry.health();
        Instant now = registry.now();
        return Relations.sources(view).map(s -> new SourceState(s, Optional.ofNullable(health.get(s.id())), now));
    }

    private static SystemTable tables() {
        return inTable("tables", t -> t, Relations::tables)
                .text("kind", t -> lower(t.kind()))
                .integer("column_count", t -> t.columns().size())
                .number("row_count", t -> t.statistics().rowCount())
                .instant("measured_at", t -> t.statistics().measuredAt())
                .optionalText("nested_in", t -> t.nestedIn().map(n -> n.parent().table()))
                .text("comment", TableDescriptor::comment)
                .optionalText("row_security", t -> fact(t, Facts.ROW_SECURITY))
                .optionalText("partition_of", t -> fact(t, Facts.PARTITION_OF))
                .optionalText("partition_key", t -> fact(t, Facts.PARTITION_KEY))
                .optionalText("inherits", t -> fact(t, Facts.INHERITS))
                .optionalText("definition", t -> fact(t, Facts.DEFINITION))
                .optionalText("capped", t -> fact(t, Facts.CAPPED))
                .optionalText("time_series", t -> fact(t, Facts.TIME_SERIES))
                .build();
    }

    private static SystemTable columns() {
        return inTable(
                        "columns",
                        InTable<ColumnDescriptor>::table,
                        v -> Relations.tables(v).flatMap(t -> parts(t, t.columns())))
                .text("column_name", c -> c.part().name())
                .integer("ordinal_position", InTable::position)
                .text("data_type", c -> c.part().type().toString())
                .text("native_type", c -> c.part().nativeType())
                .flag("is_nullable", c -> c.part().nullable())
                .optionalText("default_value", c -> c.part().defaultValue())
                .text("generation", c -> lower(c.part().generation()))
                .texts("source_path", c -> c.part().path())
                .text("comment", c -> c.part().comment())
                .optionalText("user_type", c -> fact(c.part(), Facts.USER_TYPE))
                .optionalText("sequence_name", c -> fact(c.part(), Facts.SEQUENCE))
                .optionalText("identity_generation", c -> fact(c.part(), Facts.IDENTITY))
                .build();
    }

    private static Optional<String> fact(TableDescriptor table, String key) {
        return Optional.ofNullable(table.facts().get(key));
    }

    private static Optional<String> fact(ColumnDescriptor column, String key) {
        return Optional.ofNullable(column.facts().get(key));
    }

    private static SystemTable keys() {
        return inTable(
                        "keys",
                        k -> k.table().table(),
                        v -> Relations.tables(v)
                                .flatMap(t -> Constraint.of(t).stream()
                                        .filter(c -> c.type() != Constraint.Type.FOREIGN)
                                        .flatMap(c -> c.eachColumn(i -> new KeyColumn(new InTable<>(t, i + 1, c))))))
                .text("key_name", k -> k.constraint().name())
                .text("kind", k -> lower(k.constraint().type()))
                .integer("ordinal_position", k -> k.table().position())
                .text("column_name", KeyColumn::column)
                .build();
    }

    private static SystemTable foreignKeys() {
        return inTable(
                        "foreign_keys",
                        k -> k.table().table(),
                        v -> Relations.tables(v)
                                .flatMap(t -> foreignKeys(t)
                                        .flatMap(c -> c.eachColumn(i -> new KeyColumn(new InTable<>(t, i + 1, c))))))
                .text("key_name", k -> k.constraint().name())
                .integer("ordinal_position", k -> k.table().position())
                .text("column_name", KeyColumn::column)
                .text("target_source", k -> k.target().source().value())
                .text("target_schema", k -> k.target().schema())
                .text("target_table", k -> k.target().table())
                .text("target_column", KeyColumn::targetColumn)
                .build();
    }

    private static Stream<Constraint> foreignKeys(TableDescriptor table) {
        return Constraint.of(table).stream().filter(c -> c.target().isPresent());
    }

    private static SystemTable indexes() {
        return inTable(
                        "indexes",
                        i -> i.table().table(),
                        v -> Relations.tables(v)
                                .flatMap(t -> t.indexes().stream()
                                        .flatMap(index ->
                                                parts(t, index.columns()).map(c -> new IndexColumnOf(index, c)))))
                .text("index_name", i -> i.index().name())
                .text("kind", i -> i.index().kind())
                .flag("is_unique", i -> i.index().unique())
                .integer("ordinal_position", i -> i.table().position())
                .text("column_name", i -> i.table().part().name())
                .flag("is_expression", i -> i.table().part().expression())
                .flag("is_descending", i -> i.table().part().descending())
                .text("filter_condition", i -> i.index().condition())
                .build();
    }

    /** A row for the table, with no column name, and one for each measured column. */
    private static SystemTable statistics() {
        return inTable(
                        "statistics",
                        Measured::table,
                        v -> Relations.tables(v)
                                .filter(t -> t.statistics().rowCount().isPresent()
                                        || !t.statistics().columns().isEmpty())
                                .flatMap(RegistryTables::measured))
                .optionalText("column_name", Measured::column)
                .number(
                        "row_count",
                        m -> m.column().isPresent()
                                ? OptionalDouble.empty()
                                : m.table().statistics().rowCount())
                .number("distinct_count", m -> m.figures().distinctCount())
                .number("null_fraction", m -> m.figures().nullFraction())
                .optionalText("min_value", m -> m.figures().min())
                .optionalText("max_value", m -> m.figures().max())
                .number("average_bytes", m -> m.figures().averageBytes())
                .texts(
                        "most_common",
                        m -> m.figures().mostCommon().stream()
                                .map(ColumnStatistics.CommonValue::value)
                                .toList())
                .texts("histogram", m -> m.figures().histogram())
                .texts("samples", m -> m.figures().samples())
                .instant("measured_at", m -> m.table().statistics().measuredAt())
                .build();
    }

    private static Stream<Measured> measured(TableDescriptor table) {
        return Stream.concat(
                Stream.of(new Measured(table, Optional.empty(), ColumnStatistics.UNKNOWN)),
                table.columns().stream()
                        .map(ColumnDescriptor::name)
                        .filter(table.statistics().columns()::containsKey)
                        .map(name -> new Measured(
                                table, Optional.of(name), table.statistics().column(name))));
    }

    private static SystemTable views(Relations relations) {
        return table(SCHEMA, "views", relations::definitions)
                .text("view_name", d -> d.view().name())
                .optionalText("definition", Relations.Definition::text)
                .texts("column_names", d -> d.view().columnNames())
                .texts("search_path", d -> d.view().searchPath())
                .text("owner", d -> d.view().owner())
                .instant("created_at", d -> Optional.of(d.view().createdAt()))
                .build();
    }

    private static SystemTable versions(Registry registry) {
        return table(
                        SCHEMA,
                        "registry_versions",
                        v -> registry.history().stream()
                                .filter(r -> r.version() <= v.snapshot().version()))
                .big("version", RegistryVersion::version)
                .instant("published_at", r -> Optional.of(r.publishedAt()))
                .text("cause", RegistryVersion::cause)
                .text("author", RegistryVersion::author)
                .big("change_count", RegistryVersion::changes)
                .build();
    }

    private static SystemTable drift(Registry registry, Function<CatalogSnapshot, Stream<RecordedChange>> moreDrift) {
        return table(
                        SCHEMA,
                        "drift",
                        v -> Stream.concat(
                                        registry.changes().stream(),
                                        moreDrift.apply(v.snapshot().whole()))
                                .filter(new VisibleChanges(v)::contain))
                .big("version", RecordedChange::version)
                .instant("published_at", c -> Optional.of(c.publishedAt()))
                .text("kind", RecordedChange::kind)
                .text("impact", c -> lower(c.impact()))
                .optionalText("source", c -> c.source().map(SourceId::value))
                .optionalText("schema_name", RecordedChange::schema)
                .optionalText("table_name", RecordedChange::table)
                .optionalText("object_name", RecordedChange::object)
                .text("description", RecordedChange::description)
                .build();
    }

    /** Starts a table whose rows each belong to a table of a source. */
    private static <R> SystemTableBuilder<R> inTable(
            String name, Function<R, TableDescriptor> owner, Function<SystemView, Stream<R>> rows) {
        return table(SCHEMA, name, rows)
                .text("source", r -> owner.apply(r).name().source().value())
                .text("schema_name", r -> owner.apply(r).name().schema())
                .text("table_name", r -> owner.apply(r).name().table());
    }

    private static <T> Stream<InTable<T>> parts(TableDescriptor table, List<T> parts) {
        return IntStream.range(0, parts.size()).mapToObj(i -> new InTable<>(table, i + 1, parts.get(i)));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param position from 1
     */
    private record InTable<T>(TableDescriptor table, int position, T part) {}

    private record KeyColumn(InTable<Constraint> table) {
        Constraint constraint() {
            return table.part();
        }

        String column() {
            return constraint().columns().get(table.position() - 1);
        }

        TableName target() {
            return constraint().target().orElseThrow();
        }

        String targetColumn() {
            return constraint().targetColumns().get(table.position() - 1);
        }
    }

    private record IndexColumnOf(IndexDescriptor index, InTable<IndexDescriptor.IndexColumn> table) {}

    private record Measured(TableDescriptor table, Optional<String> column, ColumnStatistics figures) {}
}
