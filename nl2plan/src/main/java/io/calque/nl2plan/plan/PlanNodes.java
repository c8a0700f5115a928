package io.calque.nl2plan.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** The nodes of a document while it is drafted, each under an id that tells what it holds. Single-threaded. */
public final class PlanNodes {
    private final List<PlanNode> nodes = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /** Adds the node made for an id like {@code wish}, and returns the id. */
    public String add(String wish, Function<String, PlanNode> node) {
        String base = wish.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String id = base;
        for (int i = 2; !ids.add(id); i++) {
            id = base + "_" + i;
        }
        nodes.add(node.apply(id));
        return id;
    }

    public List<PlanNode> all() {
        return List.copyOf(nodes);
    }
}
