package io.calque.testkit.example;

import io.calque.spi.SourceId;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import io.calque.testkit.contract.AdapterContractTest;
import io.calque.testkit.contract.ContractDatabase;
import io.calque.testkit.contract.FixtureTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

// [doc: suite]
class CsvContractTest extends AdapterContractTest {
    @TempDir
    static Path directory;

    @Override
    protected ContractDatabase database() {
        return new Folder(directory);
    }
    // [end]

    private static final class Folder implements ContractDatabase {
        private final Path directory;

        Folder(Path directory) {
            this.directory = directory;
        }

        // [doc: database]
        @Override
        public Adapter adapter() {
            return new CsvAdapter();
        }

        @Override
        public SourceConfig config() {
            return SourceConfig.of(new SourceId("files"), "csv", "csv:" + directory);
        }

        @Override
        public String schema() {
            return "files";
        }

        @Override
        public Optional<DataType> stored(DataType logical) {
            return Optional.of(logical);
        }

        @Override
        public Optional<SourceConfig> absent() {
            return Optional.of(SourceConfig.of(new SourceId("files"), "csv", "csv:" + directory.resolve("absent")));
        }
        // [end]

        @Override
        public void create(FixtureTable table) {
            try (BufferedWriter file = Files.newBufferedWriter(path(table));
                    Stream<? extends List<?>> rows = table.rows().stream()) {
                file.write(table.columns().stream()
                        .map(c -> quoted(
                                c.name() + ":" + c.type() + (table.key().equals(Optional.of(c.name())) ? ":KEY" : "")))
                        .collect(Collectors.joining(",", "", "\n")));
                for (Iterator<? extends List<?>> i = rows.iterator(); i.hasNext(); ) {
                    file.write(line(i.next()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path path(FixtureTable table) {
            return directory.resolve(table.name() + ".csv");
        }

        private static String line(List<?> row) {
            return row.stream().map(Folder::cell).collect(Collectors.joining(",", "", "\n"));
        }

        private static String cell(Object value) {
            if (value == null) {
                return "";
            }
            if (value instanceof byte[] bytes) {
                return quoted(HexFormat.of().formatHex(bytes));
            }
            return quoted(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
        }

        private static String quoted(String text) {
            return '"' + text.replace("\"", "\"\"") + '"';
        }

        @Override
        public void append(FixtureTable table, List<?> row) {
            try {
                Files.writeString(path(table), line(row), StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void remove(FixtureTable table, String column, Object value) {
            // The suite removes only what it appended.
            create(table);
        }

        @Override
        public void close() {
            // The temporary directory goes with the test.
        }
    }
}
