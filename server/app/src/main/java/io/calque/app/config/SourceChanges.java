package io.calque.app.config;

import io.calque.spi.SourceId;
import io.calque.spi.source.SourceConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a new configuration does to the sources. Immutable; each list in the order of its configuration.
 *
 * @param changed the new form of sources that exist in both
 */
public record SourceChanges(List<SourceConfig> added, List<SourceConfig> changed, List<SourceId> removed) {
    public SourceChanges {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    static SourceChanges between(List<SourceConfig> before, List<SourceConfig> after) {
        Map<SourceId, SourceConfig> old = byId(before);
        Map<SourceId, SourceConfig> now = byId(after);
        return new SourceChanges(
                after.stream().filter(source -> !old.containsKey(source.id())).toList(),
                after.stream()
                        .filter(source -> old.containsKey(source.id()) && !source.equals(old.get(source.id())))
                        .toList(),
                before.stream()
                        .map(SourceConfig::id)
                        .filter(id -> !now.containsKey(id))
                        .toList());
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /** For people: {@code added crm; changed shop; removed old}. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "no source changed";
        }
        StringBuilder text = new StringBuilder();
        append(text, "added", added.stream().map(source -> source.id().value()).toList());
        append(
                text,
                "changed",
                changed.stream().map(source -> source.id().value()).toList());
        append(text, "removed", removed.stream().map(SourceId::value).toList());
        return text.toString();
    }

    private static void append(StringBuilder text, String verb, List<String> names) {
        if (!names.isEmpty()) {
            text.append(text.isEmpty() ? "" : "; ").append(verb).append(' ').append(String.join(", ", names));
        }
    }

    private static Map<SourceId, SourceConfig> byId(List<SourceConfig> sources) {
        return sources.stream().collect(Collectors.toMap(SourceConfig::id, Function.identity()));
    }
}
