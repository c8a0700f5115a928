package io.calque.app.ontology;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.calque.app.config.NearestName;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** An ontology as YAML. What is read and written again is the same; mistakes are told with line and column. Stateless. */
public final class OntologyYaml {
    private static final Pattern STEP = Pattern.compile("([A-Za-z]+)|\\[(\\d+)]");
    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build())
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .build();

    private OntologyYaml() {}

    public static String write(Ontology ontology) {
        try {
            return ontology.isEmpty() ? "terms: []\n" : MAPPER.writeValueAsString(ontology);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an ontology of texts has no YAML form", e);
        }
    }

    /** The same as JSON, which is YAML too. */
    static String json(Ontology ontology) {
        return MAPPER.valueToTree(ontology).toString();
    }

    /**
     * @param file its name, for messages
     * @throws QueryException CONFIG_INVALID with the place and the nearest known key
     */
    public static Ontology read(String file, String yaml) {
        try {
            if (MAPPER.readTree(yaml).isMissingNode()) {
                return Ontology.EMPTY;
            }
            Ontology read = MAPPER.readValue(yaml, Ontology.class);
            return read == null ? Ontology.EMPTY : read;
        } catch (UnrecognizedPropertyException e) {
            List<String> known = e.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
            throw invalid(
                    place(file, yaml, path(e)),
                    "unknown key '" + e.getPropertyName() + "'; known keys: " + String.join(", ", known) + "."
                            + NearestName.hint(e.getPropertyName(), known));
        } catch (JsonMappingException e) {
            throw invalid(place(file, yaml, path(e)), "not of the form expected here");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? file : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw invalid(place, brief(e.getOriginalMessage()));
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                .collect(Collectors.joining());
    }

    private static QueryException invalid(String place, String problem) {
        return new QueryException(ErrorCode.CONFIG_INVALID, place + ": " + problem);
    }

    private static String brief(String message) {
        return message.lines().findFirst().orElse("not readable");
    }

    /**
     * Where in a text a path such as {@code metrics[2].sql} stands: {@code file:line:column}, or the nearest place above that is there.
     */
    public static String place(String file, String yaml, String path) {
        Node node = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        Matcher steps = STEP.matcher(path);
        while (node != null && steps.find()) {
            Node next =
                    steps.group(1) == null ? item(node, Integer.parseInt(steps.group(2))) : value(node, steps.group(1));
            if (next == null) {
                break;
            }
            node = next;
        }
        return node == null
                ? file
                : file + ":" + (node.getStartMark().getLine() + 1) + ":"
                        + (node.getStartMark().getColumn() + 1);
    }

    private static @Nullable Node item(Node node, int index) {
        return node instanceof SequenceNode sequence
                        && index < sequence.getValue().size()
                ? sequence.getValue().get(index)
                : null;
    }

    private static @Nullable Node value(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }
}
