package io.calque.engine.explain;

import java.util.ArrayList;
import java.util.List;

/** EXPLAIN as a picture's source: Graphviz DOT or Mermaid, rows flowing upwards. Single-threaded, used once. */
final class ExplainGraph {
    private final List<String> lines = new ArrayList<>();
    private int nodes;

    private ExplainGraph() {}

    static List<String> dot(PlanTree plan) {
        ExplainGraph graph = new ExplainGraph();
        graph.lines.add("digraph plan {");
        graph.lines.add("  rankdir=BT; node [shape=box, fontname=\"monospace\"];");
        graph.node(plan, "  n%d [label=\"%s\"%s];", "  n%d -> n%d;", "\\l", ", style=filled");
        graph.lines.add("}");
        return graph.lines;
    }

    static List<String> mermaid(PlanTree plan) {
        ExplainGraph graph = new ExplainGraph();
        graph.lines.add("flowchart BT");
        graph.node(plan, "  n%d[\"%s\"]%s", "  n%d --> n%d", "<br/>", ":::source");
        graph.lines.add("  classDef source stroke-width:3px");
        return graph.lines;
    }

    private int node(PlanTree tree, String nodeFormat, String edgeFormat, String lineBreak, String sourceStyle) {
        int number = nodes++;
        List<String> label = new ArrayList<>();
        label.add(tree.detail().isEmpty() ? tree.operator() : tree.operator() + " " + tree.detail());
        tree.fetch().ifPresent(fetch -> fetch.text().lines().forEach(label::add));
        tree.actualRows().ifPresent(rows -> label.add(rows + " rows"));
        String escaped = String.join("\u0000", label)
                .replace("\\", "\\\\")
                .replace("\"", lineBreak.startsWith("<") ? "#quot;" : "\\\"")
                .replace("\u0000", lineBreak);
        lines.add(String.format(nodeFormat, number, escaped, tree.fetch().isPresent() ? sourceStyle : ""));
        for (PlanTree input : tree.inputs()) {
            int child = node(input, nodeFormat, edgeFormat, lineBreak, sourceStyle);
            lines.add(String.format(edgeFormat, child, number));
        }
        return number;
    }
}
