package io.calque.mongodb.inference;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * What a collection's {@code $jsonSchema} promises of one document. Immutable.
 *
 * @param fields by name, in the schema's order
 * @param items of an array's elements; empty when nothing is said
 * @param types allowed; empty when nothing is said
 * @param required fields that every document has
 * @param description for people; empty when there is none
 */
record Validator(
        Map<String, Validator> fields,
        Optional<Validator> items,
        Set<BsonType> types,
        Set<String> required,
        String description) {
    static final Validator NONE = new Validator(Map.of(), Optional.empty(), Set.of(), Set.of(), "");

    Validator {
        // Types keep the order of the enum, fields the order of the schema.
        types = types.isEmpty() ? Set.of() : Set.copyOf(types);
    }

    /**
     * @param options of the collection, as {@code listCollections} gives them
     * @return nothing promised where documents may break the rules: a lax level, or an action that only warns
     */
    static Validator of(BsonDocument options) {
        boolean strict = textOf(options, "validationLevel", "strict").equals("strict")
                && textOf(options, "validationAction", "error").equals("error");
        BsonDocument validator = options.getDocument("validator", new BsonDocument());
        return strict ? ofQuery(validator) : NONE;
    }

    /** A validator is a query: the schema stands in it alone, beside other conditions, or below {@code $and}. */
    private static Validator ofQuery(BsonDocument query) {
        Validator found = query.isDocument("$jsonSchema") ? schema(query.getDocument("$jsonSchema")) : NONE;
        if (query.isArray("$and")) {
            for (BsonValue part : query.getArray("$and")) {
                found = part.isDocument() ? found.and(ofQuery(part.asDocument())) : found;
            }
        }
        return found;
    }

    /** Where both hold. */
    private Validator and(Validator other) {
        Map<String, Validator> both = new LinkedHashMap<>(fields);
        other.fields.forEach((name, rules) -> both.merge(name, rules, Validator::and));
        Set<BsonType> allowed = EnumSet.noneOf(BsonType.class);
        allowed.addAll(types.isEmpty() ? other.types : types);
        if (!types.isEmpty() && !other.types.isEmpty()) {
            allowed.retainAll(other.types);
        }
        Set<String> needed = new LinkedHashSet<>(required);
        needed.addAll(other.required);
        Optional<Validator> elements = items.isPresent() && other.items.isPresent()
                ? Optional.of(items.get().and(other.items.get()))
                : items.or(other::items);
        return new Validator(both, elements, allowed, needed, description.isEmpty() ? other.description : description);
    }

    /** Where one of them holds: only what all say is promised, but every field and type may occur. */
    private Validator or(Validator other) {
        Map<String, Validator> either = new LinkedHashMap<>(fields);
        other.fields.forEach((name, rules) -> either.merge(name, rules, Validator::or));
        Set<BsonType> allowed = EnumSet.noneOf(BsonType.class);
        if (!types.isEmpty() && !other.types.isEmpty()) {
            allowed.addAll(types);
            allowed.addAll(other.types);
        }
        Set<String> needed = new LinkedHashSet<>(required);
        needed.retainAll(other.required);
        Optional<Validator> elements = items.isPresent() && other.items.isPresent()
                ? Optional.of(items.get().or(other.items.get()))
                : items.or(other::items);
        return new Validator(either, elements, allowed, needed, "");
    }

    /** Whether every document has this field, with a value of one of these types and never null. */
    boolean provesNotNull(String field) {
        Validator rules = fields.getOrDefault(field, NONE);
        return required.contains(field) && !rules.types.isEmpty() && !rules.types.contains(BsonType.NULL);
    }

    /** Names the promised fields and types in a profile, so that they are columns even where no document was seen. */
    void declareIn(FieldProfile profile) {
        types.forEach(profile::declare);
        fields.forEach((name, rules) -> {
            profile.declare(BsonType.DOCUMENT);
            rules.declareIn(profile.childOrNew(name));
        });
        items.ifPresent(rules -> {
            profile.declare(BsonType.ARRAY);
            rules.declareIn(profile.elementOrNew());
        });
    }

    Validator field(String name) {
        return fields.getOrDefault(name, NONE);
    }

    private static Validator schema(BsonDocument schema) {
        Map<String, Validator> fields = new LinkedHashMap<>();
        schema.getDocument("properties", new BsonDocument()).forEach((name, rules) -> {
            if (rules.isDocument()) {
                fields.put(name, schema(rules.asDocument()));
            }
        });
        Set<String> required = new LinkedHashSet<>();
        if (schema.isArray("required")) {
            schema.getArray("required")
                    .forEach(name -> required.add(name.asString().getValue()));
        }
        Optional<Validator> items =
                schema.isDocument("items") ? Optional.of(schema(schema.getDocument("items"))) : Optional.empty();
        Validator whole = new Validator(fields, items, types(schema), required, description(schema));
        for (Validator part : parts(schema, "allOf")) {
            whole = whole.and(part);
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            Optional<Validator> either = parts(schema, choice).stream().reduce(Validator::or);
            whole = either.isPresent() ? whole.and(either.get()) : whole;
        }
        return whole;
    }

    private static List<Validator> parts(BsonDocument schema, String combination) {
        return !schema.isArray(combination)
                ? List.of()
                : schema.getArray(combination).stream()
                        .filter(BsonValue::isDocument)
                        .map(part -> schema(part.asDocument()))
                        .toList();
    }

    private static String description(BsonDocument schema) {
        return textOf(schema, "description", textOf(schema, "title", ""));
    }

    private static Set<BsonType> types(BsonDocument schema) {
        Set<BsonType> types = EnumSet.noneOf(BsonType.class);
        if (schema.containsKey("bsonType")) {
            aliases(schema.get("bsonType")).forEach(alias -> types.addAll(BsonTypeNames.parse(alias)));
        } else if (schema.containsKey("type")) {
            aliases(schema.get("type")).forEach(alias -> types.addAll(ofJson(alias)));
        } else if (schema.isArray("enum")) {
            schema.getArray("enum").forEach(value -> types.add(value.getBsonType()));
        }
        return types;
    }

    private static Set<String> aliases(BsonValue value) {
        Set<String> aliases = new LinkedHashSet<>();
        if (value.isString()) {
            aliases.add(value.asString().getValue());
        } else if (value.isArray()) {
            value.asArray().forEach(v -> aliases.add(v.asString().getValue()));
        }
        return aliases;
    }

    private static Set<BsonType> ofJson(String type) {
        return switch (type) {
            case "boolean" -> EnumSet.of(BsonType.BOOLEAN);
            case "number", "string", "object", "array", "null" -> BsonTypeNames.parse(type);
            default -> EnumSet.noneOf(BsonType.class);
        };
    }

    private static String textOf(BsonDocument options, String name, String fallback) {
        return options.isString(name) ? options.getString(name).getValue() : fallback;
    }
}
