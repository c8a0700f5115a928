package io.calque.testkit.example;

import io.calque.spi.TableName;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.Progress;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads the headers; counts rows on request. Thread-safe. */
final class CsvIntrospector implements Introspector {
    private final SourceConfig config;
    private final CsvFolder folder;

    CsvIntrospector(SourceConfig config, CsvFolder folder) {
        this.config = config;
        this.folder = folder;
    }

    // [doc: observe]
    @Override
    public Observation observe(Progress progress) {
        List<String> names = folder.tables().stream()
                .filter(name -> config.selects(CsvFolder.SCHEMA, name))
                .toList();
        List<TableDescriptor> tables = new ArrayList<>();
        for (String name : names) {
            progress.report(tables.size(), names.size(), name);
            tables.add(describe(name));
        }
        return new Observation("CSV files", tables, List.of());
    }
    // [end]

    private TableDescriptor describe(String name) {
        try (CsvReader reader = folder.open(name)) {
            CsvHeader header = CsvHeader.read(reader, folder, name);
            return new TableDescriptor(
                    new TableName(config.id(), CsvFolder.SCHEMA, name),
                    TableKind.TABLE,
                    header.columns(),
                    header.key().map(column -> new KeyDescriptor("", List.of(column))),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    TableStatistics.UNKNOWN,
                    "",
                    new TreeMap<>());
        } catch (IOException e) {
            throw folder.unavailable(name + ".csv cannot be closed", e);
        }
    }

    // [doc: measure]
    @Override
    public TableStatistics measure(TableDescriptor table, Budget budget) {
        try (CsvReader reader = folder.open(table.name().table())) {
            long end = System.nanoTime() + budget.time().toNanos();
            long rows = -1; // the header
            while (reader.next().isPresent()) {
                rows++;
                if (rows > budget.rows() || System.nanoTime() - end > 0) {
                    return TableStatistics.UNKNOWN;
                }
            }
            return new TableStatistics(OptionalDouble.of(rows), Optional.of(Instant.now()), new TreeMap<>());
        } catch (IOException e) {
            throw folder.unavailable(table.name().table() + ".csv cannot be read", e);
        }
    }
    // [end]
}
