package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.Comparison;
import io.calque.mongodb.pipeline.Slot;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Joins predicates of the query language, as short as a person would write them. Stateless. */
final class Predicates {
    private Predicates() {}

    static BsonDocument all() {
        return new BsonDocument();
    }

    static BsonDocument and(List<BsonDocument> predicates) {
        BsonDocument merged = new BsonDocument();
        List<BsonValue> apart = new ArrayList<>();
        for (BsonDocument predicate : predicates) {
            if (predicate.equals(Comparison.nothing())) {
                return predicate;
            }
            if (predicate instanceof Slot || !merge(merged, predicate)) {
                apart.add(predicate);
            }
        }
        if (apart.isEmpty()) {
            return merged;
        }
        if (!merged.isEmpty()) {
            apart.add(0, merged);
        }
        return apart.size() == 1 ? apart.get(0).asDocument() : new BsonDocument("$and", new BsonArray(apart));
    }

    static BsonDocument or(List<BsonDocument> predicates) {
        List<BsonDocument> alternatives = new ArrayList<>();
        for (BsonDocument predicate : predicates) {
            if (!(predicate instanceof Slot) && predicate.isEmpty()) {
                return predicate;
            }
            if (!predicate.equals(Comparison.nothing())) {
                addAlternative(alternatives, predicate);
            }
        }
        return switch (alternatives.size()) {
            case 0 -> Comparison.nothing();
            case 1 -> alternatives.get(0);
            default -> new BsonDocument("$or", new BsonArray(alternatives));
        };
    }

    static BsonDocument not(BsonDocument predicate) {
        return new BsonDocument("$nor", new BsonArray(List.of(predicate)));
    }

    /** {@code {a: 1}} or {@code {a: 2}} is {@code {a: {$in: [1, 2]}}}, which one index scan serves. */
    private static void addAlternative(List<BsonDocument> alternatives, BsonDocument predicate) {
        List<BsonValue> values = equalValues(predicate);
        for (int i = 0; i < alternatives.size() && !values.isEmpty(); i++) {
            List<BsonValue> known = equalValues(alternatives.get(i));
            if (!known.isEmpty() && path(alternatives.get(i)).equals(path(predicate))) {
                List<BsonValue> both = new ArrayList<>(known);
                values.stream().filter(v -> !both.contains(v)).forEach(both::add);
                alternatives.set(i, new BsonDocument(path(predicate), new BsonDocument("$in", new BsonArray(both))));
                return;
            }
        }
        alternatives.add(predicate);
    }

    /** What a field is compared with for equality; nothing for any other predicate. */
    private static List<BsonValue> equalValues(BsonDocument predicate) {
        if (predicate instanceof Slot
                || predicate.size() != 1
                || path(predicate).startsWith("$")) {
            return List.of();
        }
        BsonValue right = predicate.values().iterator().next();
        if (!right.isDocument()) {
            return right.isRegularExpression() ? List.of() : List.of(right);
        }
        BsonDocument operators = right.asDocument();
        return operators.size() == 1 && operators.containsKey("$in")
                ? operators.getArray("$in").getValues()
                : List.of();
    }

    private static String path(BsonDocument predicate) {
        return predicate.getFirstKey();
    }

    private static boolean merge(BsonDocument into, BsonDocument predicate) {
        for (String name : predicate.keySet()) {
            // {$expr: a} and {$expr: b} are two expressions, not two operators on one field
            if (into.containsKey(name) && (name.startsWith("$") || !mergeable(into.get(name), predicate.get(name)))) {
                return false;
            }
        }
        predicate.forEach((name, value) -> {
            BsonValue known = into.get(name);
            into.put(name, known == null ? value : combined(known.asDocument(), value.asDocument()));
        });
        return true;
    }

    /** Both sides are operators, and none stands on both, but for lists of excluded values. */
    private static boolean mergeable(BsonValue left, BsonValue right) {
        if (!isOperators(left) || !isOperators(right)) {
            return false;
        }
        return right.asDocument().keySet().stream()
                .allMatch(name -> name.equals("$nin") || !left.asDocument().containsKey(name));
    }

    private static boolean isOperators(BsonValue value) {
        return value.isDocument()
                && !(value instanceof Slot)
                && !value.asDocument().isEmpty()
                && value.asDocument().getFirstKey().startsWith("$");
    }

    private static BsonDocument combined(BsonDocument left, BsonDocument right) {
        BsonDocument both = left.clone();
        right.forEach((name, value) -> both.put(
                name,
                name.equals("$nin") && left.containsKey(name)
                        ? excluded(left.getArray(name), value.asArray())
                        : value));
        return both;
    }

    private static BsonArray excluded(BsonArray left, BsonArray right) {
        List<BsonValue> all = new ArrayList<>(left.getValues());
        right.stream().filter(v -> !all.contains(v)).forEach(all::add);
        // Null stands last, as it does in a single exclusion.
        if (all.remove(BsonNull.VALUE)) {
            all.add(BsonNull.VALUE);
        }
        return new BsonArray(all);
    }
}
