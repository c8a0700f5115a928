package io.calque.registry.store;

import io.calque.registry.annotate.RelationshipDecision;
import io.calque.registry.drift.AnnotationDiff;
import io.calque.registry.drift.CatalogChange;
import io.calque.registry.override.OverriddenCatalog;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Relationships, newly inferred or decided upon, set against what is stored. Stateless. */
final class RelationshipPublication {
    /** A confidence that moved less is the noise of sampling. */
    private static final double SHIFT = 0.02;

    private RelationshipPublication() {}

    /** Replaces what was inferred before. What a person decided stays as decided. */
    static Publication infer(Connection connection, StoredCatalog before, List<Relationship> inferred, Instant now)
            throws SQLException {
        List<Relationship> old = before.observed().relationships();
        List<Relationship> next = new ArrayList<>();
        old.stream().filter(r -> r.state() != State.INFERRED).forEach(next::add);
        for (Relationship relationship : inferred) {
            Relationship found = observed(before.snapshot(), relationship).withState(State.INFERRED);
            if (next.stream().noneMatch(r -> r.pairsLike(found))) {
                next.add(old.stream()
                        .filter(r -> r.pairsLike(found))
                        .filter(r -> Math.abs(r.confidence() - found.confidence()) < SHIFT
                                && r.cardinality() == found.cardinality())
                        .findFirst()
                        .orElse(found));
            }
        }
        return replace(connection, before, next, new Cause("inferred relationships", ""), now);
    }

    /**
     * @throws QueryException OBJECT_NOT_FOUND when nothing like it is known and it is to be taken back or rejected;
     *     REVISION_CONFLICT when it changed after {@code revision}
     */
    static Publication decide(
            Connection connection, StoredCatalog before, RelationshipDecision decision, long revision, Instant now)
            throws SQLException {
        Relationship wanted = observed(
                before.snapshot(),
                new Relationship(
                        decision.from(),
                        decision.to(),
                        Relationship.Cardinality.MANY_TO_ONE,
                        1,
                        List.of(),
                        decision.state()));
        RelationshipRows.lastEdit(connection, wanted)
                .check(revision, "the relationship of " + decision.from() + " to " + decision.to());
        List<Relationship> old = before.observed().relationships();
        Optional<Relationship> present =
                old.stream().filter(r -> r.pairsLike(wanted)).findFirst();
        if (present.isEmpty() && decision.state() == State.INFERRED) {
            throw new QueryException(
                    ErrorCode.OBJECT_NOT_FOUND,
                    "No relationship of " + decision.from() + " to " + decision.to() + " is known");
        }
        checkEnd(before.observed(), wanted.from());
        checkEnd(before.observed(), wanted.to());
        List<Relationship> next = new ArrayList<>(old);
        next.removeIf(r -> r.pairsLike(wanted));
        next.add(present.map(r -> r.withState(decision.state())).orElse(wanted));
        String verb = switch (decision.state()) {
            case CONFIRMED -> "confirmed";
            case REJECTED -> "rejected";
            case INFERRED, DECLARED -> "reopened";
        };
        Cause cause =
                new Cause(verb + " the relationship of " + decision.from() + " to " + decision.to(), decision.author());
        return replace(connection, before, next, cause, now);
    }

    private static void checkEnd(CatalogSnapshot observed, Relationship.End end) {
        boolean known = observed.table(end.table())
                .filter(t -> end.columns().stream().allMatch(c -> t.column(c).isPresent()))
                .isPresent();
        if (!known) {
            throw new QueryException(ErrorCode.OBJECT_NOT_FOUND, "The registry has no columns " + end);
        }
    }

    /** In the names of the sources. */
    static Relationship observed(CatalogSnapshot snapshot, Relationship shown) {
        return new Relationship(
                OverriddenCatalog.observed(snapshot, shown.from()),
                OverriddenCatalog.observed(snapshot, shown.to()),
                shown.cardinality(),
                shown.confidence(),
                shown.evidence(),
                shown.state());
    }

    private static Publication replace(
            Connection connection, StoredCatalog before, List<Relationship> next, Cause cause, Instant now)
            throws SQLException {
        List<Relationship> old = before.observed().relationships();
        List<Relationship> gone = old.stream().filter(r -> !next.contains(r)).toList();
        List<Relationship> added = next.stream().filter(r -> !old.contains(r)).toList();
        if (gone.isEmpty() && added.isEmpty()) {
            return new Publication(before.version(), false, List.of());
        }
        List<CatalogChange> changes = AnnotationDiff.relationships(old, next);
        CatalogWriter writer =
                CatalogWriter.begin(connection, before.version(), now, cause.text(), cause.author(), changes);
        RelationshipRows.remove(connection, writer.version(), gone);
        RelationshipRows.add(connection, writer.version(), added);
        return new Publication(writer.version(), true, changes);
    }

    private record Cause(String text, String author) {}
}
