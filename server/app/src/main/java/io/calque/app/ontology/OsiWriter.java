package io.calque.app.ontology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Extension;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Relation;
import io.calque.spi.ontology.OntologyEntry.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes Open Semantic Interchange. What it has no words for, and what it would say less of than Calque knows, goes into the custom extension of the
 * vendor {@code CALQUE}; what another tool once wrote stands again where it stood. Used once.
 */
public final class OsiWriter {
    static final String VERSION = "0.2.0.dev0";
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build())
            .build();

    private final Ontology ontology;
    private final Map<String, ObjectNode> kept = new LinkedHashMap<>();
    private final Map<String, String> datasets = new LinkedHashMap<>();
    private final List<OntologyEntry> said = new ArrayList<>();

    private OsiWriter(Ontology ontology) throws JsonProcessingException {
        this.ontology = ontology;
        for (Extension extension : ontology.extensions()) {
            if (extension.vendor().equals(OsiReader.VENDOR)) {
                kept.put(extension.at(), (ObjectNode) OsiReader.JSON.readTree(extension.data()));
            }
        }
    }

    /** @param name of the model, where no other tool has named it */
    public static String write(Ontology ontology, String name) {
        try {
            return YAML.writeValueAsString(new OsiWriter(ontology).document(name));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an ontology of texts has no YAML form", e);
        }
    }

    private ObjectNode document(String name) {
        ObjectNode document = node();
        document.put("version", VERSION);
        document.setAll(kept.getOrDefault("document", node()));
        ArrayNode models = document.putArray("semantic_model");
        List<String> names = kept.keySet().stream()
                .filter(at -> at.matches("models/[^/]*"))
                .map(at -> at.substring("models/".length()))
                .toList();
        // several models of another tool keep apart; what Calque alone knows goes with the first
        for (String model : names.isEmpty() ? List.of(name) : names) {
            models.add(model(model, names.indexOf(model) <= 0, names.size() <= 1));
        }
        return document;
    }

    private ObjectNode model(String name, boolean first, boolean only) {
        String at = "models/" + name;
        ObjectNode model = node();
        model.put("name", name);
        ArrayNode sets = OsiReader.JSON.createArrayNode();
        datasets.clear();
        for (Term term : ontology.terms()) {
            boolean table = term.column().isEmpty()
                    && term.where().isEmpty()
                    && term.means().isEmpty();
            boolean here = kept.containsKey(at + "/datasets/" + term.name())
                    || only && !isKeptElsewhere("/datasets/" + term.name());
            if (table && here && term.roles().isEmpty() && !datasets.containsKey(term.table())) {
                datasets.put(term.table(), term.name());
                sets.add(dataset(term, at));
                said.add(term);
            }
        }
        if (only) {
            missing(sets, at);
        }
        model.set("datasets", sets);
        ArrayNode relationships = relationships(at, only);
        if (!relationships.isEmpty()) {
            model.set("relationships", relationships);
        }
        ArrayNode metrics = metrics(at + "/metrics/", only);
        if (!metrics.isEmpty()) {
            model.set("metrics", metrics);
        }
        model.setAll(kept.getOrDefault(at, node()));
        if (first) {
            extend(model);
        }
        return model;
    }

    private boolean isKeptElsewhere(String end) {
        return kept.keySet().stream().anyMatch(at -> at.endsWith(end));
    }

    /** Tables that entries speak of and no term names. */
    private void missing(ArrayNode sets, String at) {
        List<String> tables = new ArrayList<>();
        ontology.metrics().forEach(m -> tables.add(m.table()));
        ontology.relationships().forEach(r -> tables.addAll(List.of(r.from(), r.to())));
        ontology.terms().stream().filter(t -> !t.column().isEmpty()).forEach(t -> tables.add(t.table()));
        for (String table : tables) {
            if (!table.isEmpty() && !datasets.containsKey(table)) {
                String name = table.substring(table.lastIndexOf('.') + 1);
                datasets.put(table, name);
                ObjectNode implied = dataset(new Term(name, List.of(), List.of(), "", "", table, "", "", ""), at);
                implied.putArray("custom_extensions")
                        .addObject()
                        .put("vendor_name", OsiReader.OURS)
                        .put("data", "{\"implied\": true}");
                sets.add(implied);
            }
        }
    }

    private ObjectNode dataset(Term term, String at) {
        String here = at + "/datasets/" + term.name();
        ObjectNode dataset = node();
        dataset.put("name", term.name());
        dataset.put("source", term.table());
        describe(dataset, term.description());
        ArrayNode fields = OsiReader.JSON.createArrayNode();
        for (Term field : ontology.terms()) {
            if (!field.column().isEmpty()
                    && field.table().equals(term.table())
                    && field.roles().isEmpty()) {
                fields.add(field(field, term.name(), here));
                said.add(field);
            }
        }
        if (!fields.isEmpty()) {
            dataset.set("fields", fields);
        }
        ArrayNode metrics = metrics(here + "/metrics/", false);
        if (!metrics.isEmpty()) {
            dataset.set("metrics", metrics);
        }
        return merged(dataset, here, term.synonyms());
    }

    private ObjectNode field(Term field, String dataset, String at) {
        String name =
                field.name().startsWith(dataset + " ") ? field.name().substring(dataset.length() + 1) : field.name();
        ObjectNode node = node();
        node.put("name", name);
        node.set("expression", expression(field.column()));
        describe(node, field.description());
        return merged(node, at + "/fields/" + name, field.synonyms());
    }

    private ArrayNode metrics(String at, boolean all) {
        ArrayNode metrics = OsiReader.JSON.createArrayNode();
        for (Metric metric : ontology.metrics()) {
            boolean elsewhere = isKeptElsewhere("/metrics/" + metric.name());
            if (metric.roles().isEmpty()
                    && !said.contains(metric)
                    && (kept.containsKey(at + metric.name()) || all && !elsewhere)) {
                ObjectNode node = node();
                node.put("name", metric.name());
                node.set("expression", expression(metric.sql()));
                describe(node, metric.description());
                metrics.add(merged(node, at + metric.name(), metric.synonyms()));
                said.add(metric);
            }
        }
        return metrics;
    }

    private ArrayNode relationships(String at, boolean all) {
        ArrayNode relationships = OsiReader.JSON.createArrayNode();
        for (Relation relation : ontology.relationships()) {
            String place = at + "/relationships/" + relation.name();
            if (kept.containsKey(place) || all && !isKeptElsewhere("/relationships/" + relation.name())) {
                ObjectNode node = node();
                node.put(
                        "name",
                        relation.name().isEmpty()
                                ? name(relation.from()) + "_to_" + name(relation.to())
                                : relation.name());
                node.put("from", name(relation.from()));
                node.put("to", name(relation.to()));
                relation.fromColumns().forEach(node.withArray("from_columns")::add);
                relation.toColumns().forEach(node.withArray("to_columns")::add);
                relationships.add(merged(node, place, List.of()));
                said.add(relation);
            }
        }
        return relationships;
    }

    private String name(String table) {
        return Optional.ofNullable(datasets.get(table)).orElse(table);
    }

    private static void describe(ObjectNode node, String description) {
        if (!description.isEmpty()) {
            node.put("description", description);
        }
    }

    private static ObjectNode expression(String sql) {
        ObjectNode expression = node();
        expression.putArray("dialects").addObject().put("dialect", "ANSI_SQL").put("expression", sql);
        return expression;
    }

    /** With what another tool said of the same object, and the synonyms among its context. */
    private ObjectNode merged(ObjectNode node, String at, List<String> synonyms) {
        node.setAll(kept.getOrDefault(at, node()));
        if (!synonyms.isEmpty()) {
            ObjectNode context = node.path("ai_context") instanceof ObjectNode known ? known : node();
            if (node.path("ai_context").isTextual()) {
                context.put("instructions", node.path("ai_context").asText());
            }
            ArrayNode list = context.putArray("synonyms");
            synonyms.forEach(list::add);
            node.set("ai_context", context);
        }
        return node;
    }

    /** Everything that would not be read back as it is. */
    private void extend(ObjectNode model) {
        List<OntologyEntry> unsaid = new ArrayList<>();
        for (OntologyEntry entry : ontology.entries()) {
            boolean others =
                    entry instanceof Extension extension && extension.vendor().equals(OsiReader.VENDOR);
            if (!others && !readsBack(entry)) {
                unsaid.add(entry);
            }
        }
        if (!unsaid.isEmpty() || kept.isEmpty()) {
            ArrayNode extensions = model.path("custom_extensions") instanceof ArrayNode known
                    ? known
                    : model.putArray("custom_extensions");
            extensions
                    .addObject()
                    .put("vendor_name", OsiReader.OURS)
                    .put("data", OntologyYaml.json(Ontology.of(unsaid)));
        }
    }

    private boolean readsBack(OntologyEntry entry) {
        if (!said.contains(entry)) {
            return false;
        }
        if (entry instanceof Term term) {
            boolean prefixed = term.column().isEmpty() || term.name().startsWith(name(term.table()) + " ");
            return prefixed && term.time().isEmpty();
        }
        if (entry instanceof Metric metric) {
            return metric.time().isEmpty() && metric.unit().isEmpty() && !kept.isEmpty();
        }
        return entry instanceof Relation relation
                && !relation.name().isEmpty()
                && relation.cardinality().equals("many_to_one")
                && relation.description().isEmpty();
    }

    private static ObjectNode node() {
        return OsiReader.JSON.createObjectNode();
    }

    /** For tests: documents that say the same are equal. */
    static JsonNode tree(String yaml) throws JsonProcessingException {
        return YAML.readTree(yaml);
    }
}
