package io.calque.mongodb.inference;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 */
record Validator(Map<String, Validator> fields, Optional<Validator> items, Set<BsonType> types, Set<String> required) {
    static final Validator NONE = new Validator(Map.of(), Optional.empty(), Set.of(), Set.of());

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
        return strict && validator.isDocument("$jsonSchema") ? schema(validator.getDocument("$jsonSchema")) : NONE;
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
        return new Validator(fields, items, types(schema), required);
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
