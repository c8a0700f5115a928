package io.calque.mongodb.torture;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.Facts;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Introspector.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** Says an observation for people to read and compare. Stateless. */
final class ObservationText {
    private ObservationText() {}

    static String of(Observation observation) {
        List<String> lines = new ArrayList<>();
        observation.tables().stream()
                .sorted(Comparator.comparing(TableDescriptor::name))
                .forEach(table -> add(table, lines));
        lines.add("warnings");
        observation.warnings().forEach(w -> lines.add("  " + visible(w)));
        return String.join("\n", lines) + "\n";
    }

    private static void add(TableDescriptor table, List<String> lines) {
        String rows = table.statistics().rowCount().isPresent()
                ? Long.toString(Math.round(table.statistics().rowCount().getAsDouble()))
                : "?";
        lines.add(table.kind() + " " + visible(table.name().table()) + ", rows " + rows);
        for (ColumnDescriptor column : table.columns()) {
            lines.add(
                    "  " + visible(column.name()) + "  " + column.type() + (column.nullable() ? "" : " NOT NULL") + "  "
                            + column.nativeType() + facts(column.facts())
                            + (column.comment().isEmpty() ? "" : "  -- " + column.comment()));
        }
        table.primaryKey()
                .ifPresent(key ->
                        lines.add("  primary key " + visible(key.columns().toString())));
        table.uniqueKeys()
                .forEach(key -> lines.add(
                        "  unique " + key.name() + " " + visible(key.columns().toString())));
        table.foreignKeys()
                .forEach(key -> lines.add("  references " + visible(key.target().table()) + " by "
                        + visible(key.columns() + " = " + key.targetColumns())));
        table.indexes().forEach(index -> lines.add("  index " + index(index)));
        table.facts().forEach((key, value) -> {
            // Child tables have those of their collection.
            if (table.nestedIn().isEmpty()) {
                lines.add("  fact " + key + ": " + visible(fact(key, value)));
            }
        });
        lines.add("");
    }

    private static String index(IndexDescriptor index) {
        String columns = index.columns().stream()
                .map(c -> visible(c.name()) + (c.expression() ? " (no column)" : "") + (c.descending() ? " desc" : ""))
                .collect(Collectors.joining(", "));
        return index.name() + " " + index.kind() + (index.unique() ? " unique" : "") + " (" + columns + ")"
                + (index.condition().isEmpty() ? "" : " where " + index.condition());
    }

    private static String facts(Map<String, String> facts) {
        return facts.entrySet().stream()
                .filter(f -> !f.getKey().equals("types"))
                .map(f -> "  " + f.getKey() + "=" + f.getValue())
                .collect(Collectors.joining());
    }

    /** The digest and the hour differ from run to run. */
    private static String fact(String key, String value) {
        if (!key.equals(Facts.EVIDENCE)) {
            return value;
        }
        BsonDocument evidence = BsonDocument.parse(value);
        evidence.remove("signs");
        evidence.remove("looked_at");
        return evidence.toJson();
    }

    private static String visible(String name) {
        return name.replace("\n", "<LF>").replace("\r", "<CR>").replace("\t", "<TAB>");
    }
}
