package io.calque.benchmarks.fuzz;

import io.calque.planner.pushdown.OperatorClass;
import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability;
import io.calque.spi.pushdown.Capability.State;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.spi.pushdown.FragmentUses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;

/**
 * Counts what was pushed: for each source, in how many queries each of its capabilities was used. A capability that is proven and
 * was never used counts 0. Single-threaded.
 */
final class FragmentLedger {
    /** What a proven capability is to reach in a long run. */
    static final int WANTED = 200;

    private final Map<String, Map<Use, Integer>> counts = new TreeMap<>();
    private final Map<String, Set<Use>> proven = new TreeMap<>();
    private final List<RelNode> fragments = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Map<String, Set<Use>> inQuery = new TreeMap<>();
    private final Map<String, Map<Use, Integer>> before = new TreeMap<>();

    /** A source says what it computes. */
    void knows(SourceId source, Capabilities capabilities) {
        knows(
                source.value(),
                capabilities.list().stream()
                        .filter(c -> c.state() == State.PROVEN)
                        .map(Capability::use)
                        .toList());
    }

    /** These are proven. */
    void knows(String source, Collection<Use> uses) {
        proven.computeIfAbsent(source, s -> new TreeSet<>()).addAll(uses);
    }

    /** What another one counted is to steer too, though it is not counted here. */
    void steeredBy(FragmentLedger other) {
        add(before, other.counts);
    }

    void add(FragmentLedger other) {
        add(counts, other.counts);
        other.proven.forEach(this::knows);
    }

    private static void add(Map<String, Map<Use, Integer>> to, Map<String, Map<Use, Integer>> from) {
        from.forEach((source, uses) -> uses.forEach(
                (use, n) -> to.computeIfAbsent(source, s -> new TreeMap<>()).merge(use, n, Integer::sum)));
    }

    /** A source was asked to compile this. */
    void compiled(SourceId source, RelNode fragment) {
        fragments.add(fragment);
        Set<Use> uses = inQuery.computeIfAbsent(source.value(), s -> new TreeSet<>());
        uses.addAll(FragmentUses.of(fragment));
        uses.addAll(Rewritten.shapes(fragment));
    }

    /** A source did not compile what its capabilities had accepted; the engine then plans without pushdown. */
    void refused(String reason) {
        refused.add(reason);
    }

    /** Reasons since {@link #begin}. */
    List<String> refused() {
        return refused;
    }

    /** Fragments since {@link #begin}. */
    List<RelNode> fragments() {
        return fragments;
    }

    /** Forgets fragments compiled so far. */
    void begin() {
        fragments.clear();
        refused.clear();
        inQuery.clear();
    }

    /**
     * Counts the fragments since {@link #begin}, once a query.
     *
     * @param sql the query, which tells what was rewritten
     */
    void count(String sql) {
        inQuery.forEach((source, uses) -> {
            for (Use use : Rewritten.settled(sql, uses)) {
                // What is rewritten for a source that refuses it was not asked for there.
                if (uses.contains(use) || proven.getOrDefault(source, Set.of()).contains(use)) {
                    add(source, use, 1);
                }
            }
        });
    }

    /** Adds to what a source has been asked for. */
    void add(String source, Use use, int times) {
        counts.computeIfAbsent(source, s -> new TreeMap<>()).merge(use, times, Integer::sum);
    }

    /** Classes of work in the fragments since {@link #begin}. */
    Set<OperatorClass> classes() {
        Set<OperatorClass> classes = EnumSet.noneOf(OperatorClass.class);
        fragments.forEach(f -> collect(f, classes));
        classes.remove(OperatorClass.OTHER);
        return classes;
    }

    private static void collect(RelNode node, Set<OperatorClass> classes) {
        classes.add(OperatorClass.of(node));
        node.getInputs().forEach(input -> collect(input, classes));
    }

    /** By the source, what it has proven. */
    Map<String, Set<Use>> proven() {
        return proven;
    }

    /** By the source, what it was asked for. */
    Map<String, Map<Use, Integer>> pushed() {
        return counts;
    }

    /** What {@code source} has proven or was ever asked for, with how often, also by earlier ledgers. */
    Map<Use, Integer> soFar(String source) {
        Map<Use, Integer> all = known(source);
        before.getOrDefault(source, Map.of()).forEach((use, n) -> all.merge(use, n, Integer::sum));
        return all;
    }

    private Map<Use, Integer> known(String source) {
        Map<Use, Integer> all = new TreeMap<>();
        proven.getOrDefault(source, Set.of()).forEach(use -> all.put(use, 0));
        all.putAll(counts.getOrDefault(source, Map.of()));
        return all;
    }

    /** Of all that is proven, how many lines were used so often as is wanted: "103 of 251". */
    String enough() {
        int lines = 0;
        int reached = 0;
        for (Map.Entry<String, Set<Use>> entry : proven.entrySet()) {
            Map<Use, Integer> uses = known(entry.getKey());
            lines += entry.getValue().size();
            reached += (int) entry.getValue().stream()
                    .filter(use -> uses.getOrDefault(use, 0) >= WANTED)
                    .count();
        }
        return reached + " of " + lines;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        proven.forEach((source, lines) -> {
            Map<Use, Integer> uses = known(source);
            text.append(source).append(": ").append(lines.size()).append(" proven capabilities\n");
            uses.forEach((use, n) ->
                    text.append(String.format("  %-40s %7d%s%n", use, n, lines.contains(use) ? "" : " (not listed)")));
            List<String> few = lines.stream()
                    .filter(use -> uses.getOrDefault(use, 0) < WANTED)
                    .map(use -> use + " " + uses.getOrDefault(use, 0))
                    .toList();
            text.append("  below ").append(WANTED).append(": ").append(few).append('\n');
        });
        return text.append("proven capabilities pushed at least ")
                .append(WANTED)
                .append(" times: ")
                .append(enough())
                .append('\n')
                .toString();
    }
}
