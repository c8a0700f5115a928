package io.calque.mongodb;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.BsonValue;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;

/**
 * A native query as people write it: a call of the shell, {@code db.orders.aggregate([...])} or {@code db.orders.find({...})},
 * or a command document, {@code {"aggregate": "orders", "pipeline": [...]}} or {@code {"find": "orders", ...}}. Immutable.
 *
 * @param database that the text names; empty for the source's own
 * @param stages that only read
 */
record NativeText(Optional<String> database, String collection, List<BsonDocument> stages) {
    private static final Pattern CALL = Pattern.compile(
            "db(?:\\.getSiblingDB\\(\\s*[\"']([^\"']+)[\"']\\s*\\))?"
                    + "(?:\\.getCollection\\(\\s*[\"']([^\"']+)[\"']\\s*\\)|\\.([A-Za-z_][A-Za-z0-9_.-]*?))"
                    + "\\.(aggregate|find)\\(([\\s\\S]*)\\)\\s*;?",
            Pattern.DOTALL);
    private static final List<String> WRITING = List.of("$out", "$merge");

    NativeText {
        stages = List.copyOf(stages);
    }

    /**
     * @param source that messages name
     */
    static NativeText parse(SourceId source, String text) {
        String trimmed = text.trim();
        try {
            NativeText parsed =
                    trimmed.startsWith("{") ? ofCommand(source, BsonDocument.parse(trimmed)) : ofCall(source, trimmed);
            parsed.stages.forEach(stage -> requireReading(source, stage));
            return parsed;
        } catch (JsonParseException | BsonInvalidOperationException | BsonSerializationException e) {
            throw new QueryException(
                    ErrorCode.SYNTAX_ERROR,
                    "Source '" + source + "': the native query is not extended JSON: " + e.getMessage(),
                    e);
        }
    }

    private static NativeText ofCall(SourceId source, String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            throw unreadable(source);
        }
        String collection = call.group(2) != null ? call.group(2) : call.group(3);
        BsonArray arguments = BsonArray.parse("[" + call.group(5) + "]");
        List<BsonDocument> stages = new ArrayList<>();
        if (call.group(4).equals("aggregate")) {
            stages.addAll(pipeline(arguments.isEmpty() ? new BsonArray() : arguments.get(0)));
        } else {
            if (!arguments.isEmpty()) {
                stages.add(new BsonDocument("$match", arguments.get(0).asDocument()));
            }
            if (arguments.size() > 1) {
                stages.add(new BsonDocument("$project", arguments.get(1).asDocument()));
            }
        }
        return new NativeText(Optional.ofNullable(call.group(1)), collection, stages);
    }

    private static NativeText ofCommand(SourceId source, BsonDocument command) {
        Optional<String> database =
                command.isString("$db") ? Optional.of(command.getString("$db").getValue()) : Optional.empty();
        if (command.isString("aggregate")) {
            return new NativeText(
                    database,
                    command.getString("aggregate").getValue(),
                    pipeline(command.getArray("pipeline", new BsonArray())));
        }
        if (!command.isString("find")) {
            throw new QueryException(
                    ErrorCode.READ_ONLY,
                    "Source '" + source + "': MongoDB command '" + (command.isEmpty() ? "" : command.getFirstKey())
                            + "' is not passed through; only aggregate and find are");
        }
        List<BsonDocument> stages = new ArrayList<>();
        addStage(stages, "$match", command.get("filter"));
        addStage(stages, "$sort", command.get("sort"));
        addStage(stages, "$skip", command.get("skip"));
        addStage(stages, "$limit", command.get("limit"));
        addStage(stages, "$project", command.get("projection"));
        return new NativeText(database, command.getString("find").getValue(), stages);
    }

    private static void addStage(List<BsonDocument> stages, String name, @Nullable BsonValue argument) {
        boolean said = argument != null
                && !(argument.isDocument() && argument.asDocument().isEmpty());
        if (said) {
            stages.add(new BsonDocument(name, argument));
        }
    }

    private static List<BsonDocument> pipeline(BsonValue stages) {
        return stages.isDocument()
                ? List.of(stages.asDocument())
                : stages.asArray().stream().map(BsonValue::asDocument).toList();
    }

    private static void requireReading(SourceId source, BsonValue value) {
        if (value.isDocument()) {
            value.asDocument().forEach((name, nested) -> {
                if (WRITING.contains(name)) {
                    throw new QueryException(
                            ErrorCode.READ_ONLY,
                            "Source '" + source + "': stage " + name + " would write; Calque only reads");
                }
                requireReading(source, nested);
            });
        } else if (value.isArray()) {
            value.asArray().forEach(nested -> requireReading(source, nested));
        }
    }

    private static QueryException unreadable(SourceId source) {
        return new QueryException(
                ErrorCode.SYNTAX_ERROR,
                "Source '" + source
                        + "': the native query is neither db.<collection>.aggregate([...]), db.<collection>.find({...})"
                        + " nor a command document such as {\"aggregate\": \"orders\", \"pipeline\": []}");
    }
}
