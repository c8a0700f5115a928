package io.calque.testkit.contract;

import io.calque.spi.pushdown.Capability;
import io.calque.spi.pushdown.Capability.State;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the cases prove of each capability: which case first pushed it with NULLs, with missing fields, and so on, and why it was refused
 * elsewhere. Single-threaded.
 */
final class Evidence {
    private final boolean leavesOut;
    private final SortedMap<Use, Map<String, Set<Aspect>>> proofs = new TreeMap<>();
    private final SortedMap<Use, Set<Aspect>> possible = new TreeMap<>();
    private final SortedMap<Use, Set<String>> reasons = new TreeMap<>();

    /**
     * @param leavesOut whether the database stores every other NULL as a field that is not there
     */
    Evidence(boolean leavesOut) {
        this.leavesOut = leavesOut;
    }

    /** A case gave the right rows, or the right error, from the source. */
    void pushed(String name, Map<Use, List<CaseOperands.Operand>> operands, boolean failed) {
        operands.forEach((use, read) -> {
            Set<Aspect> shown = shownBy(use, name);
            Set<Aspect> applicable = possible.computeIfAbsent(use, u -> EnumSet.of(Aspect.NO_ROWS));
            for (CaseOperands.Operand operand : read) {
                for (Aspect aspect : Aspect.values()) {
                    if (aspect.appliesTo(operand.type()) && (aspect != Aspect.MISSING || leavesOut)) {
                        applicable.add(aspect);
                    }
                    if (holds(aspect, operand.type(), operand.values()) && (!failed || aspect == Aspect.EXTREME)) {
                        shown.add(aspect);
                    }
                }
            }
        });
    }

    private boolean holds(Aspect aspect, DataType type, List<@Nullable Object> values) {
        return aspect == Aspect.MISSING
                ? leavesOut && values.stream().filter(v -> v == null).count() > 1
                : values.stream().anyMatch(v -> aspect.holds(type, v));
    }

    /** Whether any of these was not yet pushed over no rows. */
    boolean wantsNoRows(Set<Use> uses) {
        return uses.stream().anyMatch(use -> !shown(use).contains(Aspect.NO_ROWS));
    }

    /** A case over no rows gave the right rows from the source. */
    void pushedNoRows(String name, Set<Use> uses) {
        uses.forEach(use -> shownBy(use, name).add(Aspect.NO_ROWS));
    }

    void refused(Set<Use> culprits, String reason) {
        culprits.forEach(
                use -> reasons.computeIfAbsent(use, u -> new LinkedHashSet<>()).add(reason));
    }

    /** Every capability that a case has asked for. */
    SortedSet<Use> asked() {
        SortedSet<Use> all = new TreeSet<>(proofs.keySet());
        all.addAll(reasons.keySet());
        return all;
    }

    private Set<Aspect> shownBy(Use use, String name) {
        return proofs.computeIfAbsent(use, u -> new LinkedHashMap<>())
                .computeIfAbsent(name, n -> EnumSet.noneOf(Aspect.class));
    }

    private Set<Aspect> shown(Use use) {
        Set<Aspect> all = EnumSet.noneOf(Aspect.class);
        proofs.getOrDefault(use, Map.of()).values().forEach(all::addAll);
        return all;
    }

    /** A few cases that together show all that the cases show of it, each with what it adds. */
    Map<String, Set<Aspect>> proof(Use use) {
        Map<String, Set<Aspect>> cases = proofs.getOrDefault(use, Map.of());
        Map<String, Set<Aspect>> chosen = new LinkedHashMap<>();
        Set<Aspect> left = shown(use);
        while (!left.isEmpty()) {
            Map.Entry<String, Set<Aspect>> best = cases.entrySet().stream()
                    .max(Comparator.comparingLong(
                            e -> e.getValue().stream().filter(left::contains).count()))
                    .orElseThrow();
            Set<Aspect> added = EnumSet.copyOf(best.getValue());
            added.retainAll(left);
            chosen.put(best.getKey(), added);
            left.removeAll(added);
        }
        return chosen;
    }

    Set<String> reasons(Use use) {
        return reasons.getOrDefault(use, Set.of());
    }

    /** Where the list and the cases contradict each other: one line each, for a person. */
    List<String> contradictions(List<Capability> list) {
        List<String> found = new ArrayList<>();
        SortedMap<Use, State> states = new TreeMap<>();
        list.forEach(line -> states.put(line.use(), line.state()));
        states.forEach((use, state) -> {
            if (state == State.PROVEN && !proofs.containsKey(use)) {
                found.add(use + " is listed as proven, but no case pushed it");
            }
        });
        proofs.forEach((use, cases) -> {
            if (states.get(use) != State.PROVEN) {
                found.add(use + " was pushed by '" + cases.keySet().iterator().next()
                        + "', but the list does not call it proven");
                return;
            }
            Set<Aspect> left = EnumSet.copyOf(possible.getOrDefault(use, EnumSet.of(Aspect.NO_ROWS)));
            left.removeAll(shown(use));
            left.forEach(
                    aspect -> found.add(use + " is listed as proven, but no case pushed it with: " + aspect.title()));
        });
        return found;
    }
}
