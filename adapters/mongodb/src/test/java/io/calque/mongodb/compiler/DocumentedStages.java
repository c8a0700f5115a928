package io.calque.mongodb.compiler;

import com.mongodb.client.MongoCollection;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Runs pipelines with stages that the embedded server does not know, {@code $setWindowFields} and {@code $unionWith}, as MongoDB's manual
 * describes them; all else, and all expressions, are the embedded server's. Only what our pipelines use is known. Single-threaded.
 */
final class DocumentedStages {
    private static final String WINDOWS = "$setWindowFields";
    private static final String UNION = "$unionWith";

    private final Function<String, MongoCollection<BsonDocument>> collections;
    private int stored;

    DocumentedStages(Function<String, MongoCollection<BsonDocument>> collections) {
        this.collections = collections;
    }

    /** The documents after all stages, in a collection whose pipelines have to begin with {@link #unwrapped}. */
    String stored(String collection, List<BsonDocument> stages) {
        return store(run(collection, stages));
    }

    /** A stored document stands in a field of another: documents of a pipeline may share their {@code _id}. */
    static BsonDocument unwrapped() {
        return BsonDocument.parse("{$replaceRoot: {newRoot: '$d'}}");
    }

    private String store(List<BsonDocument> documents) {
        String name = "stored" + stored++;
        List<BsonDocument> wrapped = new ArrayList<>();
        for (BsonDocument document : documents) {
            wrapped.add(new BsonDocument("_id", new BsonInt32(wrapped.size())).append("d", document));
        }
        if (!wrapped.isEmpty()) {
            collections.apply(name).insertMany(wrapped);
        }
        return name;
    }

    private List<BsonDocument> run(String collection, List<BsonDocument> stages) {
        for (int i = 0; i < stages.size(); i++) {
            BsonDocument stage = stages.get(i);
            if (stage.containsKey(WINDOWS) || stage.containsKey(UNION)) {
                List<BsonDocument> before = known(collection, stages.subList(0, i));
                List<BsonDocument> after = stage.containsKey(UNION)
                        ? united(before, stage.getDocument(UNION))
                        : windowed(before, stage.getDocument(WINDOWS));
                List<BsonDocument> rest = new ArrayList<>(List.of(unwrapped()));
                rest.addAll(stages.subList(i + 1, stages.size()));
                return run(store(after), rest);
            }
        }
        return known(collection, stages);
    }

    private List<BsonDocument> known(String collection, List<BsonDocument> stages) {
        return collections.apply(collection).aggregate(stages).into(new ArrayList<>());
    }

    private List<BsonDocument> united(List<BsonDocument> before, BsonDocument union) {
        List<BsonDocument> all = new ArrayList<>(before);
        List<BsonDocument> other =
                union.getArray("pipeline").stream().map(BsonValue::asDocument).toList();
        all.addAll(run(union.getString("coll").getValue(), other));
        return all;
    }

    // $setWindowFields

    private List<BsonDocument> windowed(List<BsonDocument> documents, BsonDocument stage) {
        BsonDocument order = stage.getDocument("sortBy", new BsonDocument());
        BsonDocument output = stage.getDocument("output");
        List<BsonValue> partitions = values(documents, stage.get("partitionBy", BsonNull.VALUE));
        List<List<BsonValue>> keys = new ArrayList<>();
        order.keySet().forEach(path -> keys.add(values(documents, new BsonString("$" + path))));
        Map<String, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < documents.size(); i++) {
            members.computeIfAbsent(identity(partitions.get(i)), p -> new ArrayList<>())
                    .add(i);
        }
        List<Integer> directions =
                order.values().stream().map(d -> d.asNumber().intValue()).toList();
        Comparator<Integer> sorted = (a, b) -> {
            int result = 0;
            for (int key = 0; key < keys.size() && result == 0; key++) {
                result = directions.get(key)
                        * compare(keys.get(key).get(a), keys.get(key).get(b));
            }
            return result;
        };
        List<BsonDocument> results = new ArrayList<>(documents);
        for (String name : output.keySet()) {
            BsonDocument function = output.getDocument(name);
            BsonValue argument = function.get(function.getFirstKey());
            boolean shift = function.getFirstKey().equals("$shift");
            List<BsonValue> values =
                    values(documents, shift ? argument.asDocument().get("output") : argument);
            for (List<Integer> partition : members.values()) {
                partition.sort(sorted);
                for (int at = 0; at < partition.size(); at++) {
                    BsonDocument document = results.get(partition.get(at)).clone();
                    document.put(name, value(function, values, partition, at, sorted));
                    results.set(partition.get(at), document);
                }
            }
        }
        return results;
    }

    /** What an expression gives for each document; null for a missing field too. */
    private List<BsonValue> values(List<BsonDocument> documents, BsonValue expression) {
        if (expression.isDocument() && expression.asDocument().isEmpty()) {
            return documents.stream().map(d -> (BsonValue) BsonNull.VALUE).toList();
        }
        BsonDocument orNull = new BsonDocument("$ifNull", new BsonArray(List.of(expression, BsonNull.VALUE)));
        BsonDocument value = new BsonDocument("_id", new BsonInt32(0)).append("v", orNull);
        return known(store(documents), List.of(unwrapped(), new BsonDocument("$project", value))).stream()
                .map(d -> d.get("v"))
                .toList();
    }

    private static BsonValue value(
            BsonDocument function, List<BsonValue> values, List<Integer> partition, int at, Comparator<Integer> order) {
        int first = at;
        while (first > 0 && order.compare(partition.get(first - 1), partition.get(at)) == 0) {
            first--;
        }
        int last = at;
        while (last + 1 < partition.size() && order.compare(partition.get(last + 1), partition.get(at)) == 0) {
            last++;
        }
        switch (function.getFirstKey()) {
            case "$documentNumber" -> {
                return new BsonInt64(at + 1L);
            }
            case "$rank" -> {
                return new BsonInt64(first + 1L);
            }
            case "$denseRank" -> {
                int rank = 1;
                for (int i = 1; i <= at; i++) {
                    rank += order.compare(partition.get(i - 1), partition.get(i)) == 0 ? 0 : 1;
                }
                return new BsonInt64(rank);
            }
            case "$shift" -> {
                BsonDocument shift = function.getDocument("$shift");
                int other = at + shift.getInt32("by").getValue();
                return other >= 0 && other < partition.size()
                        ? values.get(partition.get(other))
                        : shift.get("default", BsonNull.VALUE);
            }
            default -> {
                BsonDocument window = function.getDocument("window", new BsonDocument());
                boolean range = window.containsKey("range");
                BsonArray bounds = window.getArray(
                        range ? "range" : "documents",
                        new BsonArray(List.of(new BsonString("unbounded"), new BsonString("unbounded"))));
                int from = Math.max(0, bound(bounds.get(0), range ? first : at, 0, at));
                int to = Math.min(
                        partition.size() - 1, bound(bounds.get(1), range ? last : at, partition.size() - 1, at));
                List<BsonValue> frame = new ArrayList<>();
                for (int i = from; i <= to; i++) {
                    frame.add(values.get(partition.get(i)));
                }
                return accumulated(function.getFirstKey(), frame);
            }
        }
    }

    private static int bound(BsonValue bound, int current, int unbounded, int at) {
        if (bound.isNumber()) {
            return at + bound.asNumber().intValue();
        }
        return bound.asString().getValue().equals("current") ? current : unbounded;
    }

    private static BsonValue accumulated(String operator, List<BsonValue> frame) {
        List<BsonValue> present = frame.stream().filter(v -> !v.isNull()).toList();
        return switch (operator) {
            case "$first" -> frame.isEmpty() ? BsonNull.VALUE : frame.get(0);
            case "$last" -> frame.isEmpty() ? BsonNull.VALUE : frame.get(frame.size() - 1);
            case "$min" -> present.stream().min(DocumentedStages::compare).orElse(BsonNull.VALUE);
            case "$max" -> present.stream().max(DocumentedStages::compare).orElse(BsonNull.VALUE);
            case "$sum" -> sum(present);
            default -> throw new AssertionError("unknown accumulator " + operator);
        };
    }

    private static BsonValue sum(List<BsonValue> numbers) {
        BigDecimal sum = numbers.stream().map(DocumentedStages::number).reduce(BigDecimal.ZERO, BigDecimal::add);
        return numbers.stream().anyMatch(BsonValue::isDecimal128)
                ? new BsonDecimal128(new Decimal128(sum))
                : new BsonInt64(sum.longValueExact());
    }

    private static BigDecimal number(BsonValue value) {
        return value.isDecimal128()
                ? value.asDecimal128().getValue().bigDecimalValue()
                : BigDecimal.valueOf(value.asNumber().longValue());
    }

    /** MongoDB's order within a type; null stands lowest. */
    private static int compare(BsonValue left, BsonValue right) {
        if (left.isNull() || right.isNull()) {
            return Boolean.compare(right.isNull(), left.isNull());
        }
        if (left.isNumber() && right.isNumber()) {
            return number(left).compareTo(number(right));
        }
        return switch (left.getBsonType()) {
            case STRING ->
                Arrays.compareUnsigned(
                        left.asString().getValue().getBytes(StandardCharsets.UTF_8),
                        right.asString().getValue().getBytes(StandardCharsets.UTF_8));
            case DATE_TIME ->
                Long.compare(left.asDateTime().getValue(), right.asDateTime().getValue());
            default -> throw new AssertionError("values of type " + left.getBsonType() + " in an order");
        };
    }

    /** Equal for values that MongoDB puts into one partition. */
    private static String identity(BsonValue value) {
        if (value.isDocument()) {
            Map<String, String> fields = new TreeMap<>();
            value.asDocument().forEach((name, v) -> fields.put(name, identity(v)));
            return fields.toString();
        }
        return value.isNumber() ? number(value).stripTrailingZeros().toPlainString() : value.toString();
    }
}
