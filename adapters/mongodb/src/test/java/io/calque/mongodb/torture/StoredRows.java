package io.calque.mongodb.torture;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * The rows of a table as the documents themselves say, with the stored value of each column; {@link BsonNull} where there is none. Written
 * apart from the adapter, to be compared with it. Stateless.
 */
final class StoredRows {
    private StoredRows() {}

    static List<List<BsonValue>> of(TableDescriptor table, List<BsonDocument> documents) {
        List<List<BsonValue>> rows = new ArrayList<>();
        List<List<String>> arrays = table.nestedIn().map(n -> n.arrays()).orElse(List.of());
        for (BsonDocument document : documents) {
            unwind(table, document, document, arrays, List.of(), rows);
        }
        return rows;
    }

    private static void unwind(
            TableDescriptor table,
            BsonDocument document,
            BsonValue element,
            List<List<String>> arrays,
            List<Integer> positions,
            List<List<BsonValue>> rows) {
        if (positions.size() == arrays.size()) {
            rows.add(row(table, document, element, positions));
            return;
        }
        BsonValue array = at(element, arrays.get(positions.size()));
        List<BsonValue> elements =
                array.isArray() ? array.asArray().getValues() : array.isNull() ? List.of() : List.of(array);
        for (int i = 0; i < elements.size(); i++) {
            List<Integer> longer = new ArrayList<>(positions);
            longer.add(i + 1);
            unwind(table, document, elements.get(i), arrays, longer, rows);
        }
    }

    private static List<BsonValue> row(
            TableDescriptor table, BsonDocument document, BsonValue element, List<Integer> positions) {
        List<BsonValue> row = new ArrayList<>();
        int steps = table.nestedIn()
                .map(n -> n.arrays().stream().mapToInt(List::size).sum())
                .orElse(0);
        for (ColumnDescriptor column : table.columns()) {
            String role = column.facts().getOrDefault("role", "");
            if (role.startsWith("ordinal:")) {
                row.add(new BsonInt32(positions.get(Integer.parseInt(role.substring("ordinal:".length())))));
            } else if (steps == 0 || column.path().get(0).equals("_id")) {
                row.add(at(document, column.path()));
            } else {
                row.add(at(element, column.path().subList(steps, column.path().size())));
            }
        }
        return row;
    }

    private static BsonValue at(BsonValue value, List<String> path) {
        BsonValue current = value;
        for (String step : path) {
            if (!current.isDocument() || !current.asDocument().containsKey(step)) {
                return BsonNull.VALUE;
            }
            current = current.asDocument().get(step);
        }
        return current;
    }
}
