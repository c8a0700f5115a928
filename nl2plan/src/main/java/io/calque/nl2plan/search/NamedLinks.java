package io.calque.nl2plan.search;

import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What words mean because somebody wrote it down: certain, and before anything that names suggest. Immutable. */
public final class NamedLinks {
    public static final NamedLinks NONE = new NamedLinks(Map.of(), Map.of());

    private final Map<String, List<Link>> links;
    private final Map<TableName, String> times;

    private NamedLinks(Map<String, List<Link>> links, Map<TableName, String> times) {
        this.links = links;
        this.times = times;
    }

    /** What a phrase means, besides what it already does. */
    public NamedLinks and(String phrase, Link link) {
        Map<String, List<Link>> more = new HashMap<>(links);
        List<Link> both = new ArrayList<>(more.getOrDefault(Lexicon.key(phrase), List.of()));
        both.add(link);
        more.put(Lexicon.key(phrase), List.copyOf(both));
        return new NamedLinks(more, times);
    }

    /** The columns of dates that times are said of. */
    public NamedLinks timed(Map<TableName, String> columns) {
        return new NamedLinks(links, Map.copyOf(columns));
    }

    List<Link> find(String key) {
        return links.getOrDefault(key, List.of());
    }

    Optional<String> time(TableName table) {
        return Optional.ofNullable(times.get(table));
    }
}
