package io.calque.nl2plan.render;

import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.spi.question.ToldPlan;

/** A document as a diagram: an indented tree, Graphviz or Mermaid. Stateless. */
public final class PlanDiagrams {
    private PlanDiagrams() {}

    /** All that people may want to look at. */
    public static ToldPlan all(PlanDocument plan) {
        return new ToldPlan(PlanSteps.of(plan), text(plan), dot(plan), mermaid(plan));
    }

    /** The root first, inputs below it; a node read twice is drawn twice. */
    public static String text(PlanDocument plan) {
        StringBuilder out = new StringBuilder();
        text(plan, plan.rootNode(), 0, out);
        return out.toString();
    }

    private static void text(PlanDocument plan, PlanNode node, int depth, StringBuilder out) {
        out.append("  ".repeat(depth)).append(PlanLabel.of(node)).append('\n');
        node.inputs().forEach(input -> text(plan, plan.node(input), depth + 1, out));
    }

    public static String dot(PlanDocument plan) {
        StringBuilder out = new StringBuilder("digraph plan {\n  rankdir=BT;\n  node [shape=box];\n");
        for (PlanNode node : plan.nodes()) {
            out.append("  ")
                    .append(dotted(node.id()))
                    .append(" [label=")
                    .append(dotted(PlanLabel.of(node)))
                    .append("];\n");
            node.inputs()
                    .forEach(input -> out.append("  ")
                            .append(dotted(input))
                            .append(" -> ")
                            .append(dotted(node.id()))
                            .append(";\n"));
        }
        return out.append("}\n").toString();
    }

    private static String dotted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    public static String mermaid(PlanDocument plan) {
        StringBuilder out = new StringBuilder("flowchart BT\n");
        for (int i = 0; i < plan.nodes().size(); i++) {
            PlanNode node = plan.nodes().get(i);
            String label = PlanLabel.of(node)
                    .replace("\"", "#quot;")
                    .replace("<", "#lt;")
                    .replace(">", "#gt;");
            out.append("  n").append(i).append("[\"").append(label).append("\"]\n");
            for (String input : node.inputs()) {
                out.append("  n")
                        .append(plan.nodes().indexOf(plan.node(input)))
                        .append(" --> n")
                        .append(i)
                        .append('\n');
            }
        }
        return out.toString();
    }
}
