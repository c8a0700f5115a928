package io.calque.nl2plan.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A query as a graph of named nodes. The document is what planners write, checks read and people teach; it means exactly one SQL query.
 *
 * @param interpretation the question as it was understood, one sentence
 * @param assumptions what was decided without being said
 * @param clarification a question back to the asker, where the document is not to be run yet
 * @param nodes inputs before the nodes that read them, ids unique
 * @param root the node whose rows are the answer
 */
public record PlanDocument(
        String interpretation,
        List<String> assumptions,
        Optional<String> clarification,
        List<PlanNode> nodes,
        String root) {
    /** The version of the document's form; a reader refuses any other. */
    public static final String VERSION = "1";

    public PlanDocument {
        assumptions = List.copyOf(assumptions);
        nodes = List.copyOf(nodes);
        PlanGraph.check(nodes, root);
    }

    /** The node of this id; unknown ids are a defect of the caller, for the constructor refused dangling ones. */
    public PlanNode node(String id) {
        return nodes.stream()
                .filter(n -> n.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node '" + id + "'"));
    }

    public PlanNode rootNode() {
        return node(root);
    }

    /** How many nodes read each node; the root counts as read once. */
    public Map<String, Integer> readers() {
        Map<String, Integer> readers = new LinkedHashMap<>();
        nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        readers.merge(root, 1, Integer::sum);
        return readers;
    }
}
