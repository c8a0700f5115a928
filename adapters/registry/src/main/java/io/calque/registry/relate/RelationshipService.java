package io.calque.registry.relate;

import io.calque.registry.relate.RelationshipInference.Inferred;
import io.calque.registry.store.Publication;
import io.calque.registry.store.Registry;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.State;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Infers the relationships of the newest catalog and publishes them. What a person confirmed or rejected stays, and what was inferred of
 * a table that could not be looked at this time stays, too. Thread-safe.
 */
public final class RelationshipService {
    private final Registry registry;
    private final RelationshipInference inference;

    public RelationshipService(Registry registry, RelationshipInference inference) {
        this.registry = registry;
        this.inference = inference;
    }

    /**
     * @param sources all that are configured, also those that were not introspected just now
     */
    public Refreshed refresh(Collection<? extends Source> sources, Progress progress) {
        CatalogSnapshot catalog = registry.observed();
        Inferred inferred = inference.infer(catalog, sources, progress);
        List<Relationship> all = new ArrayList<>(inferred.relationships());
        catalog.relationships().stream()
                .filter(r -> r.state() == State.INFERRED)
                .filter(r -> exists(catalog, r.from()) && exists(catalog, r.to()))
                .filter(r -> !inferred.compared().contains(r.from().table())
                        || !inferred.compared().contains(r.to().table()))
                .filter(r -> all.stream().noneMatch(r::pairsLike))
                .forEach(all::add);
        Publication publication = registry.publishRelationships(all);
        return new Refreshed(inferred, publication);
    }

    private static boolean exists(CatalogSnapshot catalog, Relationship.End end) {
        return catalog.table(end.table())
                .filter(t -> end.columns().stream().allMatch(c -> t.column(c).isPresent()))
                .isPresent();
    }

    /** What was found, and what of it was new. */
    public record Refreshed(Inferred inferred, Publication publication) {}
}
