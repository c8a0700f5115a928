package io.calque.mongodb.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;

/**
 * Prints pipelines as the MongoDB shell reads them: the same value always gives the same text. Slots print as {@code ?1}.
 */
public final class PipelineText {
    private static final Pattern BARE_KEY = Pattern.compile("\\$?[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern BARE_COLLECTION =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private PipelineText() {}

    static String of(PipelineQuery query) {
        StringBuilder out = new StringBuilder("db");
        if (query.databaseForm() == PipelineQuery.DatabaseForm.NAMED) {
            out.append(".getSiblingDB(");
            quote(out, query.database());
            out.append(')');
        }
        if (BARE_COLLECTION.matcher(query.collection()).matches()) {
            out.append('.').append(query.collection());
        } else {
            out.append(".getCollection(");
            quote(out, query.collection());
            out.append(')');
        }
        Optional<FindForm> find = FindForm.of(query.stages());
        if (find.isPresent()) {
            find(out, find.get());
        } else {
            aggregate(out, query.stages());
        }
        query.unwinding().ifPresent(unwinding -> unwinding(out, unwinding, query.fields()));
        return out.toString();
    }

    /** The shell takes it for a remark; it tells two readings of the same documents apart. */
    private static void unwinding(StringBuilder out, Unwinding unwinding, List<ResultField> fields) {
        out.append(" /* unwound here:");
        List<String> path = new ArrayList<>();
        String separator = " ";
        for (List<String> array : unwinding.arrays()) {
            path.addAll(array);
            out.append(separator).append(String.join(".", path));
            separator = ", ";
        }
        out.append("; columns:");
        separator = " ";
        for (int i = 0; i < fields.size(); i++) {
            out.append(separator).append(String.join(".", fields.get(i).path()));
            separator = ", ";
        }
        if (!unwinding.keep().isEmpty()) {
            out.append("; kept: ");
            value(out, unwinding.keep());
        }
        out.append(" */");
    }

    private static void find(StringBuilder out, FindForm find) {
        out.append(".find(");
        value(out, find.filter());
        if (!find.projection().isEmpty()) {
            out.append(", ");
            value(out, find.projection());
        }
        out.append(')');
        if (!find.sort().isEmpty()) {
            call(out, "sort", find.sort());
        }
        find.skip().ifPresent(rows -> call(out, "skip", rows));
        find.limit().ifPresent(rows -> call(out, "limit", rows));
    }

    private static void call(StringBuilder out, String method, BsonValue argument) {
        out.append('.').append(method).append('(');
        value(out, argument);
        out.append(')');
    }

    private static void aggregate(StringBuilder out, List<BsonDocument> stages) {
        out.append(".aggregate([");
        Iterator<BsonDocument> remaining = stages.iterator();
        while (remaining.hasNext()) {
            document(out, remaining.next());
            if (remaining.hasNext()) {
                out.append(", ");
            }
        }
        out.append("])");
    }

    /** One value, as in a pipeline. */
    public static String of(BsonValue value) {
        StringBuilder out = new StringBuilder();
        value(out, value);
        return out.toString();
    }

    private static void value(StringBuilder out, BsonValue value) {
        if (value instanceof Slot slot) {
            value(out, slot.printed());
            return;
        }
        if (value instanceof Hole hole) {
            out.append(hole.text());
            return;
        }
        switch (value.getBsonType()) {
            case DOCUMENT -> document(out, value.asDocument());
            case ARRAY -> {
                out.append('[');
                Iterator<BsonValue> elements = value.asArray().iterator();
                while (elements.hasNext()) {
                    value(out, elements.next());
                    if (elements.hasNext()) {
                        out.append(", ");
                    }
                }
                out.append(']');
            }
            case STRING -> quote(out, value.asString().getValue());
            case INT32 -> out.append(value.asInt32().getValue());
            case INT64 ->
                out.append("NumberLong(\"").append(value.asInt64().getValue()).append("\")");
            case DOUBLE -> out.append(value.asDouble().getValue());
            case DECIMAL128 ->
                out.append("NumberDecimal(\"")
                        .append(value.asDecimal128().getValue())
                        .append("\")");
            case BOOLEAN -> out.append(value.asBoolean().getValue());
            case NULL -> out.append("null");
            case DATE_TIME ->
                out.append("ISODate(\"")
                        .append(Instant.ofEpochMilli(value.asDateTime().getValue()))
                        .append("\")");
            case OBJECT_ID ->
                out.append("ObjectId(\"")
                        .append(value.asObjectId().getValue().toHexString())
                        .append("\")");
            case REGULAR_EXPRESSION -> regex(out, value.asRegularExpression());
            case BINARY -> binary(out, value.asBinary());
            default -> out.append(value);
        }
    }

    private static void document(StringBuilder out, BsonDocument document) {
        out.append('{');
        Iterator<Map.Entry<String, BsonValue>> entries = document.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, BsonValue> entry = entries.next();
            if (BARE_KEY.matcher(entry.getKey()).matches()) {
                out.append(entry.getKey());
            } else {
                quote(out, entry.getKey());
            }
            out.append(": ");
            value(out, entry.getValue());
            if (entries.hasNext()) {
                out.append(", ");
            }
        }
        out.append('}');
    }

    private static void regex(StringBuilder out, BsonRegularExpression regex) {
        out.append('/')
                .append(regex.getPattern().replace("/", "\\/").replace("\n", "\\n"))
                .append('/')
                .append(regex.getOptions());
    }

    private static void binary(StringBuilder out, BsonBinary binary) {
        if (binary.getType() == BsonBinarySubType.UUID_STANDARD.getValue()) {
            out.append("UUID(\"").append(binary.asUuid()).append("\")");
            return;
        }
        out.append("BinData(")
                .append(binary.getType())
                .append(", \"")
                .append(Base64.getEncoder().encodeToString(binary.getData()))
                .append("\")");
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
