package io.calque.nl2plan.check;

import io.calque.nl2plan.plan.PlanColumns;
import io.calque.nl2plan.plan.PlanColumns.Output;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All checks in turn; later ones are left out where earlier ones failed, for they rely on known names. Immutable, thread-safe. */
public final class PlanChecks {
    private final PlanTables tables;
    private final JoinGraph graph;

    public PlanChecks(PlanTables tables, JoinGraph graph) {
        this.tables = tables;
        this.graph = graph;
    }

    public List<Finding> check(PlanDocument plan) {
        List<Finding> findings = new ArrayList<>(unknownTables(plan));
        if (!findings.isEmpty()) {
            return findings;
        }
        Map<String, List<Output>> columns = PlanColumns.of(plan, tables);
        NameCheck names = new NameCheck(columns, tables);
        plan.nodes().forEach(node -> findings.addAll(node.accept(names)));
        if (!findings.isEmpty()) {
            return findings;
        }
        findings.addAll(new JoinCheck(columns, graph).check(plan));
        findings.addAll(new FanOutCheck(columns, tables).check(plan));
        findings.addAll(new SizeCheck(tables).check(plan));
        return findings;
    }

    private List<Finding> unknownTables(PlanDocument plan) {
        List<Finding> findings = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Scan scan && tables.find(scan.table()).isEmpty()) {
                List<String> names = tables.all().stream()
                        .map(TableDescriptor::name)
                        .map(Object::toString)
                        .toList();
                Optional<String> near = NearestName.ofTable(scan.table(), names);
                findings.add(new Finding(
                        node.id(),
                        Finding.Severity.ERROR,
                        "table '" + scan.table() + "' does not exist"
                                + near.map(n -> "; did you mean '" + n + "'?").orElse("")));
            }
            if (node instanceof PlanNode.Metric metric) {
                findings.add(new Finding(
                        node.id(), Finding.Severity.ERROR, "metric '" + metric.metric() + "' does not exist"));
            }
        }
        return findings;
    }
}
