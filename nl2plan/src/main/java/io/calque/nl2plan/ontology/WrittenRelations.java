package io.calque.nl2plan.ontology;

import io.calque.nl2plan.plan.PlanTables;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.State;
import io.calque.spi.ontology.OntologyEntry.Relation;
import java.util.ArrayList;
import java.util.List;

/** Relationships that an ontology adds to those of the catalog: as sure as what somebody confirmed. Stateless. */
public final class WrittenRelations {
    private WrittenRelations() {}

    public static CatalogSnapshot in(CatalogSnapshot catalog, PlanTables tables) {
        if (catalog.ontology().relationships().isEmpty()) {
            return catalog;
        }
        List<Relationship> all = new ArrayList<>();
        for (Relation relation : catalog.ontology().relationships()) {
            tables.find(relation.from())
                    .ifPresent(from -> tables.find(relation.to())
                            .filter(to -> relation.fromColumns().size()
                                            == relation.toColumns().size()
                                    && !relation.fromColumns().isEmpty())
                            .ifPresent(to -> all.add(new Relationship(
                                    new End(from.name(), relation.fromColumns()),
                                    new End(to.name(), relation.toColumns()),
                                    relation.cardinality().equals("one_to_one")
                                            ? Cardinality.ONE_TO_ONE
                                            : Cardinality.MANY_TO_ONE,
                                    1,
                                    List.of(),
                                    State.CONFIRMED))));
        }
        all.addAll(catalog.relationships());
        return new CatalogSnapshot(catalog.version(), catalog.publishedAt(), catalog.sources(), catalog.views(), all);
    }
}
