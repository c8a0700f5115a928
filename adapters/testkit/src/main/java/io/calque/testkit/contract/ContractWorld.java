package io.calque.testkit.contract;

import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import io.calque.testkit.rel.FragmentRels;
import io.calque.testkit.rel.ReferenceEvaluator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** One database with the fixture in it, the source that reads it, and what introspection said. Single-threaded, but for the source. */
public final class ContractWorld implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final ReadOptions OPTIONS = new ReadOptions("contract", ReadOptions.DEFAULT_BATCH_ROWS, PATIENCE);

    private final ContractDatabase database;
    private final Source source;
    private final Map<String, FixtureTable> fixture;
    private final Map<String, TableDescriptor> described;
    private final Map<String, List<List<@Nullable Object>>> rows;
    private final FragmentRels rels;

    private ContractWorld(ContractDatabase database, Source source, List<FixtureTable> stored) {
        this.database = database;
        this.source = source;
        this.fixture = stored.stream().collect(Collectors.toMap(FixtureTable::name, Function.identity()));
        this.described = source.introspector().observe(Progress.SILENT).tables().stream()
                .filter(t -> t.name().schema().equals(database.schema()))
                .filter(t -> fixture.containsKey(t.name().table()))
                .collect(Collectors.toMap(t -> t.name().table(), Function.identity()));
        this.rows = described.values().stream()
                .filter(t -> !t.name().table().equals(Fixture.LONG.name()))
                .collect(Collectors.toMap(t -> t.name().table(), this::engineRows));
        this.rels = new FragmentRels(List.copyOf(described.values()));
    }

    static ContractWorld open(ContractDatabase database) {
        List<FixtureTable> stored =
                Fixture.ALL.stream().map(t -> t.storedAs(database::stored)).toList();
        stored.forEach(database::create);
        return new ContractWorld(database, database.adapter().open(database.config()), stored);
    }

    ContractDatabase database() {
        return database;
    }

    Source source() {
        return source;
    }

    FragmentRels rels() {
        return rels;
    }

    /** The table as the source holds it, without the columns that it cannot hold. */
    FixtureTable fixture(FixtureTable table) {
        return required(fixture.get(table.name()), table);
    }

    TableDescriptor described(FixtureTable table) {
        return required(described.get(table.name()), table);
    }

    ColumnDescriptor column(FixtureTable table, String name) {
        return described(table)
                .column(name)
                .orElseThrow(() -> new AssertionError("introspection found no column " + name + " in " + table.name()));
    }

    private static <T> T required(@Nullable T found, FixtureTable table) {
        if (found == null) {
            throw new AssertionError("introspection found no table " + table.name());
        }
        return found;
    }

    /** The fixture's rows in the described columns; NULL in a column that the source added. */
    private List<List<@Nullable Object>> engineRows(TableDescriptor table) {
        FixtureTable stored = required(fixture.get(table.name().table()), Fixture.KINDS);
        List<String> names =
                stored.columns().stream().map(FixtureTable.Column::name).toList();
        return stored.rows().stream()
                .map(row -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (ColumnDescriptor column : table.columns()) {
                        int index = names.indexOf(column.name());
                        values.add(index < 0 ? null : EngineValues.of(row.get(index), column.type()));
                    }
                    return values;
                })
                .toList();
    }

    /** What {@code fragment} must give. */
    List<List<@Nullable Object>> expected(RelNode fragment, List<? extends @Nullable Object> parameters) {
        return new ReferenceEvaluator(
                        table -> Optional.ofNullable(rows.get(table.name().table()))
                                .orElseThrow(),
                        parameters)
                .rows(fragment);
    }

    /** All rows of a whole table as the source gives them. */
    NativeQuery scan(FixtureTable table) {
        return source.compiler()
                .compile(rels.builder().scan(described(table).name().table()).build());
    }

    List<List<@Nullable Object>> read(NativeQuery query, Bindings bindings) {
        try (ReadSession session = source.begin(OPTIONS.expecting(ReadOptions.Reads.ONE));
                RowCursor cursor = session.read(query, bindings)) {
            return drained(cursor);
        }
    }

    static List<List<@Nullable Object>> drained(RowCursor cursor) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (Optional<ColumnBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
            all.addAll(rows(batch.get()));
        }
        return all;
    }

    static List<List<@Nullable Object>> rows(ColumnBatch batch) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (ColumnVector column : batch.columns()) {
                values.add(column.get(row));
            }
            all.add(values);
        }
        return all;
    }

    static ReadOptions options(int batchRows, Duration timeout) {
        return new ReadOptions("contract", batchRows, timeout);
    }

    @Override
    public void close() {
        source.close();
        database.close();
    }
}
