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
        inQuery.computeIfAbsent(source.value(), s -> new TreeSet<>()).addAll(FragmentUses.of(fragment));
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

    /** Counts the fragments since {@link #begin}, once a query. */
    void count() {
        inQuery.forEach((source, uses) -> uses.forEach(use -> add(source, use, 1)));
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

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String source : proven.keySet()) {
            Map<Use, Integer> uses = known(source);
            List<String> few = uses.entrySet().stream()
                    .filter(e -> e.getValue() < WANTED)
                    .map(e -> e.getKey() + " " + e.getValue())
                    .toList();
            text.append(source).append(": ").append(uses.size()).append(" capabilities\n");
            uses.forEach((use, n) -> text.append(String.format("  %-40s %7d%n", use, n)));
            text.append("  below ").append(WANTED).append(": ").append(few).append('\n');
        }
        return text.toString();
    }
}
