package io.calque.registry.relate;

import io.calque.registry.relate.Choice.Chosen;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.Relationship.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sources speak of one world: those between which something surely refers, however far around. A catalog may hold databases that have
 * nothing to do with each other, and small numbers fit keys of all of them: {@code support_rep_id} would be any of three staffs. Single-threaded.
 */
final class RelatedSources {
    /** Above what a proposal needs: a wrong one would relate worlds that have nothing in common. */
    private static final double SURE = 0.7;

    private final Map<SourceId, SourceId> groups = new HashMap<>();

    private RelatedSources() {}

    static RelatedSources by(List<Chosen> chosen) {
        RelatedSources related = new RelatedSources();
        chosen.stream()
                .filter(c -> c.confidence() >= SURE)
                .forEach(c -> related.join(
                        source(c.scored().pair().from()),
                        source(c.scored().pair().to())));
        return related;
    }

    private static SourceId source(Column column) {
        return column.tableName().source();
    }

    private void join(SourceId one, SourceId other) {
        groups.put(group(one), group(other));
    }

    private SourceId group(SourceId source) {
        SourceId at = source;
        for (SourceId next = groups.get(at); next != null && !next.equals(at); next = groups.get(at)) {
            at = next;
        }
        return at;
    }

    private boolean areRelated(Pair pair) {
        return group(source(pair.from())).equals(group(source(pair.to())));
    }

    /** The pairs, where a column has some within its world and some beyond it with that said of those beyond. */
    Map<Column, List<Scored>> told(Map<Column, List<Scored>> scored) {
        Map<Column, List<Scored>> told = new LinkedHashMap<>();
        scored.forEach((from, pairs) -> {
            boolean within = pairs.stream().anyMatch(s -> areRelated(s.pair()));
            List<Scored> weighed = new ArrayList<>();
            for (Scored pair : pairs) {
                weighed.add(within && !areRelated(pair.pair()) ? beyond(pair) : pair);
            }
            told.put(from, weighed);
        });
        return told;
    }

    private static Scored beyond(Scored scored) {
        Finding finding = scored.finding().copy();
        finding.add(
                Evidence.Kind.POSITION,
                Weights.UNRELATED_SOURCES,
                () -> "nothing else refers between the sources of "
                        + source(scored.pair().from()) + " and those of "
                        + source(scored.pair().to()));
        return new Scored(scored.pair(), finding);
    }
}
