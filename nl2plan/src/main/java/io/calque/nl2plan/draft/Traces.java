package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a plan reads, held against what its question names. A table, column or value that was named and that the plan does not read was lost on the
 * way, and the plan answers another question.
 */
final class Traces {
    /** Before a noun they say that it is wanted in the answer. */
    private static final Set<Mark> ASKING =
            Set.of(Mark.AND, Mark.OR, Mark.COMMA, Mark.RETURN, Mark.PER, Mark.BY, Mark.COUNT, Mark.WHICH);

    /** They ask for how many rows there are, whatever column is called like them. */
    private static final Set<String> FIGURES = Set.of(Stems.of("count"), Stems.of("number"), Stems.of("total"));

    private final Map<String, Set<String>> read = new HashMap<>();
    private final boolean metrics;
    private final JoinGraph graph;

    Traces(PlanDocument plan, JoinGraph graph) {
        boolean metric = false;
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Scan scan) {
                Set<String> columns = read.computeIfAbsent(folded(scan.table()), t -> new HashSet<>());
                scan.columns().forEach(c -> columns.add(folded(c.expression())));
            }
            metric |= node instanceof PlanNode.Metric;
        }
        this.metrics = metric;
        this.graph = graph;
    }

    private static String folded(String name) {
        return name.replace("\"", "").toLowerCase(Locale.ROOT);
    }

    /** The words of what left no trace. */
    List<String> lost(List<Mention> mentions) {
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < mentions.size() && !metrics; i++) {
            if (mentions.get(i) instanceof Linked linked
                    && !FIGURES.contains(Stems.of(linked.text()))
                    && !(tellsWhen(linked) && !aboutTime(mentions))
                    && linked.links().stream().noneMatch(this::left)
                    && (asked(mentions, i) || !aside(linked))) {
                lost.add(linked.text());
            }
        }
        return lost;
    }

    /** "reserved", of what has a date of its reservation. */
    private static boolean tellsWhen(Linked linked) {
        return linked.text().matches("\\p{L}+ed")
                && linked.links().stream()
                        .allMatch(l -> l instanceof Link.ToColumn column && ColumnKinds.temporal(column.column()));
    }

    private static boolean aboutTime(List<Mention> mentions) {
        return mentions.stream()
                .anyMatch(m -> m instanceof Mention.During
                        || m instanceof Mention.Every
                        || m instanceof Mention.Rank
                        || m instanceof Mention.Compare);
    }

    /** Rather than only said of something else: "the balance of all accounts". */
    private static boolean asked(List<Mention> mentions, int at) {
        int before = at - 1;
        while (before >= 0 && mentions.get(before) instanceof Marker marker && marker.mark() == Mark.IGNORED) {
            before--;
        }
        return before < 0 || mentions.get(before) instanceof Marker marker && ASKING.contains(marker.mark());
    }

    /**
     * Whether the words may as well be said in passing: of the parent of rows that are read, which need not be joined to it, or of columns of what
     * nothing else is asked of ("before their manager joined", where members of something else have a date of joining).
     */
    private boolean aside(Linked linked) {
        return linked.links().stream().anyMatch(this::parent)
                || linked.links().stream()
                        .noneMatch(l -> l instanceof Link.ToTable
                                || read.containsKey(folded(l.table().name().toString())));
    }

    private boolean parent(Link link) {
        return link instanceof Link.ToTable table
                && graph.edges().stream()
                        .anyMatch(edge -> edge.one().equals(table.table().name())
                                && read.containsKey(folded(edge.many().toString())));
    }

    private boolean left(Link link) {
        Set<String> columns = read.get(folded(link.table().name().toString()));
        if (columns == null || link instanceof Link.ToTable) {
            return columns != null;
        }
        String column = link instanceof Link.ToColumn named
                ? named.column().name()
                : ((Link.ToValue) link).column().name();
        return columns.contains(folded(column));
    }
}
