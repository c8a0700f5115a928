package io.calque.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.drift.CatalogChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/schema-registry.md} says what the migrations make. */
class SchemaRegistryDocumentTest {
    private final List<String> lines;

    SchemaRegistryDocumentTest() throws IOException {
        lines = Files.readAllLines(Path.of(System.getProperty("calque.root", "../.."), "docs", "schema-registry.md"));
    }

    @Test
    void listsEveryTableAndColumn() throws SQLException {
        assertThat(documented()).isEqualTo(real());
    }

    @Test
    void listsEveryMigration() {
        List<String> scripts = lines.stream()
                .filter(line -> line.contains("`V0"))
                .map(line -> cells(line).get(1).replace("`", ""))
                .toList();
        assertThat(scripts).isEqualTo(Migrations.SCRIPTS);
    }

    @Test
    void namesEveryKindOfChange() {
        String kinds = lines.stream()
                .filter(line -> line.startsWith("| kind |") && line.contains("column_retyped"))
                .findFirst()
                .orElseThrow();
        assertThat(kinds(CatalogChange.class))
                .hasSizeGreaterThan(15)
                .allSatisfy(kind -> assertThat(kinds).contains("`" + kind + "`"));
    }

    private static List<String> kinds(Class<?> type) {
        return type.isRecord()
                ? List.of(CatalogChange.kindOf(type))
                : Stream.of(type.getPermittedSubclasses())
                        .flatMap(t -> kinds(t).stream())
                        .toList();
    }

    /** Table to columns, each as name, type and nullability. */
    private Map<String, List<List<String>>> documented() {
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        List<List<String>> current = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("## ")) {
                current = new ArrayList<>();
            } else if (line.startsWith("### ")) {
                current = new ArrayList<>();
                tables.put(line.substring(4), current);
            } else if (line.startsWith("| ") && !line.startsWith("| column |")) {
                current.add(cells(line).subList(0, 3));
            }
        }
        return tables;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).skip(1).map(String::trim).toList();
    }

    private static Map<String, List<List<String>>> real() throws SQLException {
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            Migrations.apply(connection, "in memory");
            Sql.each(
                    connection,
                    """
                    SELECT t.name, c.name, c.type, c."notnull" OR c.pk > 0
                    FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.rowid, c.cid""",
                    row -> tables.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                            .add(List.of(row.getString(2), row.getString(3), row.getBoolean(4) ? "no" : "yes")));
        }
        return tables;
    }
}
