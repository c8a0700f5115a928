package io.calque.registry.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.store.Registry;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SystemTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/system-tables.md} lists the tables there are; {@code -Dgolden.update=true} rewrites it. */
class SystemTablesDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("calque.root", "../.."), "docs", "system-tables.md");

    @Test
    void listsEveryTableOfTheRegistry() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
    }

    private static String document() {
        StringBuilder text = new StringBuilder("""
                # System tables

                <!-- Written by SystemTablesDocumentTest with -Dgolden.update=true; do not edit. -->

                Catalog `system` holds what Calque knows of itself and of the sources. It answers while sources are down, and shows each
                principal only what it may read. `information_schema` follows the standard with PostgreSQL's columns; `jdbc` holds the
                answers of `DatabaseMetaData` with JDBC's column names. Other parts add tables of their own to schema `system`:
                `queries`, `query_sources` and `query_operators` say what runs and ran lately, what each source was asked, and what was done here;
                `capabilities` says line by line what each source is asked for (columns `source`, `kind`, `name`, `state`, `note`; see
                [pushdown.md](pushdown.md)).
                """);
        try (Registry registry = Registry.inMemory(Clock.systemUTC())) {
            String schema = "";
            List<SystemTable> tables = SystemTables.of(registry, ViewColumns.UNKNOWN, List.of());
            for (SystemTable table : tables) {
                if (!table.schema().equals(schema)) {
                    schema = table.schema();
                    text.append("\n## ").append(schema).append('\n');
                }
                text.append("\n### ")
                        .append(schema)
                        .append('.')
                        .append(table.name())
                        .append("\n\n");
                text.append("| column | type | null |\n|---|---|---|\n");
                for (ColumnDescriptor column : table.columns()) {
                    text.append("| ").append(column.name()).append(" | ").append(column.type());
                    text.append(" | ").append(column.nullable() ? "yes" : "no").append(" |\n");
                }
            }
        }
        return text.toString();
    }
}
