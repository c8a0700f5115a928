package io.calque.nl2plan.plan;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** That the nodes of a document are a graph in dependency order. */
final class PlanGraph {
    private PlanGraph() {}

    /**
     * @throws QueryException INVALID_PLAN naming the node
     */
    static void check(List<PlanNode> nodes, String root) {
        Set<String> all = new HashSet<>();
        nodes.forEach(node -> all.add(node.id()));
        Set<String> before = new HashSet<>();
        for (PlanNode node : nodes) {
            if (node.id().isBlank()) {
                throw invalid("A node has no id");
            }
            for (String input : node.inputs()) {
                if (!all.contains(input)) {
                    throw invalid("Node '" + node.id() + "' reads '" + input + "', which does not exist");
                }
                if (!before.contains(input)) {
                    throw invalid("Node '" + node.id() + "' reads '" + input + "', which must stand before it");
                }
            }
            if (!before.add(node.id())) {
                throw invalid("Two nodes have the id '" + node.id() + "'");
            }
        }
        if (!before.contains(root)) {
            throw invalid("The root '" + root + "' is no node");
        }
    }

    static QueryException invalid(String message) {
        return new QueryException(ErrorCode.INVALID_PLAN, message);
    }
}
