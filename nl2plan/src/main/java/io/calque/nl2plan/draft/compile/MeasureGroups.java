package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.meaning.JoinTree;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which measures can be computed over the same rows. */
record MeasureGroups(JoinGraph graph, List<Measure> measures) {
    MeasureGroups {
        measures = List.copyOf(measures);
    }

    /** Measures by the table whose rows they are computed over: a count of a table that those rows refer to joins in. */
    Map<TableName, List<Measure>> byBase() {
        Set<TableName> of = new LinkedHashSet<>();
        measures.forEach(m -> of.add(m.of().name()));
        Map<TableName, List<Measure>> groups = new LinkedHashMap<>();
        for (Measure measure : measures) {
            TableName base = measure.of().name();
            for (TableName finer : of) {
                boolean additive =
                        measure.function() == AggregateFunction.SUM || measure.function() == AggregateFunction.AVG;
                if (!additive
                        && !finer.equals(base)
                        && JoinTree.of(graph, finer, Set.of(base)).single().contains(base)) {
                    base = finer;
                }
            }
            groups.computeIfAbsent(base, b -> new ArrayList<>()).add(measure);
        }
        return groups;
    }
}
