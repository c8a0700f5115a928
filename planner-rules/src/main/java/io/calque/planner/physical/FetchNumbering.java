package io.calque.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** Numbers the fetches of a final plan from left to right. Single-threaded, used once. */
public final class FetchNumbering {
    private final List<SourceFetch> fetches = new ArrayList<>();

    public RelNode apply(RelNode node) {
        if (node instanceof SourceFetch fetch) {
            SourceFetch numbered = fetch.numbered(fetches.size());
            fetches.add(numbered);
            return numbered;
        }
        List<RelNode> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(apply(input)));
        return inputs.isEmpty() ? node : node.copy(node.getTraitSet(), inputs);
    }

    /** By ordinal; complete after {@link #apply}. */
    public List<SourceFetch> fetches() {
        return List.copyOf(fetches);
    }
}
