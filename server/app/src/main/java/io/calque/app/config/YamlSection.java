package io.calque.app.config;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file, read key by key; every complaint carries {@code file:line:column}. Single-threaded.
 *
 * <p>The tree of nodes is read rather than bound to classes because only nodes still know their place, and a wrong value
 * deserves its position as much as a wrong comma.
 */
final class YamlSection {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|min|h)");
    private static final Pattern BYTES = Pattern.compile("(\\d+)\\s*([kmg]?)i?b?", Pattern.CASE_INSENSITIVE);

    private final String file;
    private final References references;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Node start;

    YamlSection(String file, References references, Node node) {
        this.file = file;
        this.references = references;
        this.start = node;
        if (isNull(node)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw invalid(node, "expected keys with values here");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = keyOf(tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw invalid(tuple.getKeyNode(), "key '" + key + "' appears twice");
            }
            keys.put(key, tuple.getKeyNode());
        }
    }

    /** Keys in the file's order. */
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** @throws QueryException CONFIG_INVALID at the first key that is none of {@code known}, with the nearest of them */
    YamlSection allowing(List<String> known) {
        keys.forEach((key, node) -> {
            if (!known.contains(key)) {
                throw invalid(
                        node,
                        "unknown key '" + key + "'; known keys: " + String.join(", ", known) + "."
                                + NearestName.hint(key, known));
            }
        });
        return this;
    }

    Optional<String> text(String key) {
        Node node = values.get(key);
        return node == null || isNull(node) ? Optional.empty() : Optional.of(scalar(node, key));
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> invalid(start, "key '" + key + "' is missing"));
    }

    List<String> texts(String key) {
        Node node = values.get(key);
        if (node == null || isNull(node)) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(item -> scalar(item, key)).toList();
        }
        return List.of(scalar(node, key));
    }

    OptionalInt integer(String key, int min, int max) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(text.get().replace("_", ""));
            if (value >= min && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException e) {
            // told below, together with the range
        }
        throw wrongValue(key, text.get(), "a whole number from " + min + " to " + max);
    }

    Optional<Duration> duration(String key) {
        return text(key).map(text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches() || matcher.group(1).length() > 9) {
                throw wrongValue(key, text, "a duration such as 500ms, 10s or 5m");
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofMinutes(amount);
            };
        });
    }

    OptionalLong bytes(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher matcher = BYTES.matcher(text.get());
        if (!matcher.matches() || matcher.group(1).length() > 9) {
            throw wrongValue(key, text.get(), "a size such as 512MB or 2GB");
        }
        int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return OptionalLong.of(Long.parseLong(matcher.group(1)) << shift);
    }

    /** The mapping below {@code key}; an empty one when the key is absent. */
    YamlSection section(String key) {
        Node node = values.get(key);
        return new YamlSection(file, references, node == null ? nothing() : node);
    }

    /** Whether the value is a single one rather than a mapping or a list. */
    boolean isText(String key) {
        return values.get(key) instanceof ScalarNode;
    }

    boolean has(String key) {
        Node node = values.get(key);
        return node != null && !isNull(node);
    }

    QueryException wrongValue(String key, String value, String allowed) {
        return invalidAt(key, "'" + key + "' is '" + value + "', which is not " + allowed);
    }

    /** A complaint about the value of {@code key}. */
    QueryException invalidAt(String key, String problem) {
        Node node = values.get(key);
        return invalid(node == null ? start : node, problem);
    }

    /** A complaint about {@code key} itself. */
    QueryException invalidKey(String key, String problem) {
        Node node = keys.get(key);
        return invalid(node == null ? start : node, problem);
    }

    private String keyOf(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw invalid(node, "a key must be a word");
    }

    private String scalar(Node node, String key) {
        if (!(node instanceof ScalarNode scalar)) {
            throw invalid(node, "'" + key + "' takes a single value here");
        }
        try {
            return references.resolve(scalar.getValue());
        } catch (References.UnresolvedException e) {
            throw new QueryException(ErrorCode.CONFIG_INVALID, place(node) + ": " + e.getMessage(), e);
        }
    }

    private QueryException invalid(Node node, String problem) {
        return new QueryException(ErrorCode.CONFIG_INVALID, place(node) + ": " + problem);
    }

    private String place(Node node) {
        if (node.getStartMark() == null) {
            return file;
        }
        return file + ":" + (node.getStartMark().getLine() + 1) + ":"
                + (node.getStartMark().getColumn() + 1);
    }

    /** An empty file or absent section. */
    static Node nothing() {
        return new MappingNode(Tag.MAP, List.of(), DumperOptions.FlowStyle.BLOCK);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
