package io.calque.app.ontology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Extension;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Relation;
import io.calque.spi.ontology.OntologyEntry.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads Open Semantic Interchange: datasets and fields become terms, metrics and relationships what they are. What Calque has no place for
 * is kept word for word as extensions of the vendor {@code OSI}. Used once.
 */
public final class OsiReader {
    static final String VENDOR = "OSI";
    static final String OURS = "CALQUE";
    static final ObjectMapper JSON = new ObjectMapper();

    private final List<OntologyEntry> entries = new ArrayList<>();
    private final Map<String, String> tables = new HashMap<>();
    /** What Calque itself wrote, exactly. */
    private final List<OntologyEntry> exact = new ArrayList<>();

    private boolean several;

    private OsiReader() {}

    /**
     * @param text YAML or JSON
     * @throws QueryException CONFIG_INVALID when it is none
     */
    public static Ontology read(String file, String text) {
        try {
            JsonNode root = new YAMLMapper().readTree(text);
            if (!root.path("semantic_model").isArray()) {
                throw new QueryException(
                        ErrorCode.CONFIG_INVALID, file + ": no Open Semantic Interchange: 'semantic_model' is missing");
            }
            return new OsiReader().models((ObjectNode) root);
        } catch (JsonProcessingException e) {
            throw new QueryException(ErrorCode.CONFIG_INVALID, file + ": " + e.getOriginalMessage(), e);
        }
    }

    private Ontology models(ObjectNode root) throws JsonProcessingException {
        several = root.path("semantic_model").size() > 1;
        boolean own = false;
        for (JsonNode model : root.path("semantic_model")) {
            ObjectNode rest = model.deepCopy();
            own |= ours(rest);
            String at = "models/" + model.path("name").asText();
            each(rest, "datasets", (dataset, place) -> dataset(dataset, at + place));
            each(rest, "relationships", (relationship, place) -> relationship(relationship, at + place));
            each(rest, "metrics", (metric, place) -> metric(metric, "", at + place));
            rest.remove("name");
            if (!own || !rest.isEmpty()) {
                entries.add(new Extension(VENDOR, at, rest.toString()));
            }
        }
        ObjectNode rest = root.deepCopy();
        rest.remove("semantic_model");
        if (!rest.path("version").asText().equals(OsiWriter.VERSION) || rest.size() > 1) {
            entries.add(new Extension(VENDOR, "document", rest.toString()));
        }
        // what was written by Calque itself says more of an entry than the format has words for
        return Ontology.of(entries).with(exact);
    }

    private interface Part {
        void read(ObjectNode object, String place);
    }

    /** Reads the objects of a list, which is then no longer among the rest. */
    private static void each(ObjectNode owner, String list, Part part) {
        for (JsonNode item : owner.path(list)) {
            part.read(item.deepCopy(), "/" + list + "/" + item.path("name").asText());
        }
        if (!owner.path(list).isEmpty()) {
            owner.remove(list);
        }
    }

    private boolean ours(ObjectNode model) throws JsonProcessingException {
        boolean found = false;
        ArrayNode others = JSON.createArrayNode();
        boolean extended = model.has("custom_extensions");
        for (JsonNode extension : model.path("custom_extensions")) {
            if (extension.path("vendor_name").asText().equals(OURS)) {
                found = true;
                exact.addAll(
                        OntologyYaml.read(OURS, extension.path("data").asText()).entries());
            } else {
                others.add(extension);
            }
        }
        if (extended) {
            model.set("custom_extensions", others);
            if (others.isEmpty() && found) {
                model.remove("custom_extensions");
            }
        }
        return found;
    }

    private void dataset(ObjectNode dataset, String at) {
        String name = taken(dataset, "name");
        String table = taken(dataset, "source");
        tables.put(name, table);
        Term term = new Term(name, synonyms(dataset), List.of(), taken(dataset, "description"), "", table, "", "", "");
        if (!implied(dataset)) {
            entries.add(term);
        }
        each(dataset, "fields", (field, place) -> field(field, name, table, at + place));
        each(dataset, "metrics", (metric, place) -> metric(metric, table, at + place));
        keep(at, dataset);
    }

    /** Fields of different datasets may share a name: they stay apart by the dataset before it. */
    private void field(ObjectNode field, String dataset, String table, String at) {
        String name = taken(field, "name");
        String sql = expression(field);
        List<String> synonyms = synonyms(field);
        String description = taken(field, "description");
        boolean known = exact.stream()
                .anyMatch(e -> e instanceof Term term
                        && term.name().equals(name)
                        && term.table().equals(table)
                        && term.column().equals(sql));
        if (!sql.isEmpty() && !known) {
            entries.add(new Term(dataset + " " + name, synonyms, List.of(), description, "", table, sql, "", ""));
        }
        keep(at, field);
    }

    private void metric(ObjectNode metric, String table, String at) {
        String name = taken(metric, "name");
        List<String> synonyms = synonyms(metric);
        String sql = expression(metric);
        String grain = table.isEmpty() ? grain(sql) : table;
        entries.add(new Metric(name, synonyms, List.of(), taken(metric, "description"), grain, sql, "", ""));
        if (!table.isEmpty() || !metric.isEmpty()) {
            entries.add(new Extension(VENDOR, at, metric.toString()));
        }
    }

    /** The dataset that a metric's expression names first. */
    private String grain(String sql) {
        String first = "";
        int least = Integer.MAX_VALUE;
        for (Map.Entry<String, String> dataset : tables.entrySet()) {
            var named = Pattern.compile("\\b" + Pattern.quote(dataset.getKey()) + "\\.")
                    .matcher(sql);
            if (named.find() && named.start() < least) {
                least = named.start();
                first = dataset.getValue();
            }
        }
        return first;
    }

    private void relationship(ObjectNode relationship, String at) {
        String from = taken(relationship, "from");
        String to = taken(relationship, "to");
        Relation relation = new Relation(
                taken(relationship, "name"),
                tables.getOrDefault(from, from),
                texts(relationship, "from_columns"),
                tables.getOrDefault(to, to),
                texts(relationship, "to_columns"),
                "many_to_one",
                "");
        boolean known = exact.stream()
                .anyMatch(e -> e instanceof Relation r
                        && r.from().equals(relation.from())
                        && r.fromColumns().equals(relation.fromColumns())
                        && r.to().equals(relation.to())
                        && r.toColumns().equals(relation.toColumns()));
        if (!known) {
            entries.add(relation);
        }
        keep(at, relationship);
    }

    private static String taken(ObjectNode object, String property) {
        JsonNode value = object.path(property);
        if (!value.isTextual()) {
            return "";
        }
        object.remove(property);
        return value.asText();
    }

    private static List<String> texts(ObjectNode object, String property) {
        List<String> texts = new ArrayList<>();
        object.path(property).forEach(item -> texts.add(item.asText()));
        object.remove(property);
        return texts;
    }

    private static List<String> synonyms(ObjectNode object) {
        if (!(object.path("ai_context") instanceof ObjectNode context)
                || !context.path("synonyms").isArray()) {
            return List.of();
        }
        List<String> synonyms = texts(context, "synonyms");
        if (context.isEmpty()) {
            object.remove("ai_context");
        }
        return synonyms;
    }

    /** Taken where standard SQL is all that is given; else the first dialect is used and all are kept. */
    private static String expression(ObjectNode object) {
        JsonNode dialects = object.path("expression").path("dialects");
        for (JsonNode dialect : dialects) {
            if (dialect.path("dialect").asText().equals("ANSI_SQL")) {
                if (dialects.size() == 1) {
                    object.remove("expression");
                }
                return dialect.path("expression").asText();
            }
        }
        return dialects.path(0).path("expression").asText("");
    }

    /** A dataset that Calque wrote only because others refer to it. */
    private static boolean implied(ObjectNode dataset) {
        JsonNode extensions = dataset.path("custom_extensions");
        boolean implied = extensions.size() == 1
                && extensions.path(0).path("vendor_name").asText().equals(OURS);
        if (implied) {
            dataset.remove("custom_extensions");
        }
        return implied;
    }

    /** Of several models it is also kept which of them it belongs to. */
    private void keep(String at, ObjectNode rest) {
        if (several || !rest.isEmpty()) {
            entries.add(new Extension(VENDOR, at, rest.toString()));
        }
    }
}
