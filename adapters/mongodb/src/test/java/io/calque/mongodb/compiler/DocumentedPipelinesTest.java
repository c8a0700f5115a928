package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.inference.ColumnFacts;
import io.calque.mongodb.inference.ServerFeature;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.type.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

/**
 * What a server is sent that computes all that MongoDB documents, more than the embedded one does: queries and their pipelines, in
 * {@code documented-pipelines.txt}, each with what MongoDB's manual says of it. {@code -Dgolden.update=true} writes the pipelines anew.
 */
class DocumentedPipelinesTest {
    static final Path GOLDEN = Path.of("src/test/resources/documented-pipelines.txt");
    static final SourceId CRM = new SourceId("crm");
    private static final String ALL =
            Arrays.stream(ServerFeature.values()).map(ServerFeature::word).collect(Collectors.joining(" "));

    private static ColumnDescriptor column(String name, DataType type, String types, Nullability nullability) {
        return ColumnDescriptor.of(name, type, types, nullability).withFacts(Map.of(ColumnFacts.TYPES, types));
    }

    private static TableDescriptor table(String name, ColumnDescriptor... columns) {
        return TableDescriptor.of(new TableName(CRM, "shop", name), TableKind.COLLECTION, List.of(columns))
                .withFacts(Map.of(
                        ColumnFacts.TEXT_ORDER,
                        ColumnFacts.CODE_POINT,
                        ServerFeature.FACT,
                        ALL,
                        ColumnFacts.INDEX_PLANS,
                        "explained"));
    }

    static final TableDescriptor ITEMS = table(
            "items",
            column("_id", DataType.INTEGER, "int", Nullability.NOT_NULL),
            column("name", DataType.VARCHAR, "string", Nullability.NULLABLE),
            column("n", DataType.BIGINT, "int|long", Nullability.NULLABLE),
            column("price", DataType.decimal(38, 2), "decimal", Nullability.NULLABLE),
            column("at", DataType.TIMESTAMP, "date", Nullability.NULLABLE));

    static final TableDescriptor ORDERS = indexed(table(
            "orders",
            column("_id", DataType.INTEGER, "int", Nullability.NOT_NULL),
            column("item", DataType.INTEGER, "int", Nullability.NULLABLE),
            column("quantity", DataType.INTEGER, "int", Nullability.NULLABLE),
            column("note", DataType.VARCHAR, "string", Nullability.NULLABLE)));

    private static TableDescriptor indexed(TableDescriptor table) {
        return new TableDescriptor(
                table.name(),
                table.kind(),
                table.columns(),
                table.primaryKey(),
                table.uniqueKeys(),
                table.foreignKeys(),
                List.of(new IndexDescriptor(
                        "item_1", "btree", List.of(new IndexColumn("item", false, false)), false, "")),
                table.nestedIn(),
                table.statistics(),
                table.comment(),
                table.facts());
    }

    /** Lines of the file: what the manual says, the query, its pipeline; empty lines between. */
    @Test
    void saysWhatTheManualAllows() throws IOException {
        List<String> actual = new ArrayList<>();
        for (String line : Files.readAllLines(GOLDEN)) {
            if (!line.startsWith("  ")) {
                actual.add(line);
            }
            if (line.startsWith("SELECT")) {
                actual.add("  " + pipeline(line));
            }
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.write(GOLDEN, actual);
        }
        assertThat(actual).isEqualTo(Files.readAllLines(GOLDEN));
    }

    private static String pipeline(String sql) {
        RelNode fragment = Fragments.split(Fragments.of(sql, ITEMS, ORDERS));
        assertThat(new MongoCapabilities().operator(fragment)).as(sql).isEqualTo(Verdict.yes());
        return new PipelineCompiler(CRM, Optional.of("shop")).compile(fragment).text();
    }
}
