package io.calque.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.registry.MutableClock;
import io.calque.registry.drift.CatalogChange;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Extension;
import io.calque.spi.ontology.OntologyEntry.Level;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Relation;
import io.calque.spi.ontology.OntologyEntry.Role;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.Unit;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ontology is stored whole, has a history, and survives the process. */
class StoredOntologyTest {
    private static final Term LARGE =
            new Term("large order", List.of("big order"), List.of("analyst"), "", "", "orders", "", "total >= 300", "");
    private static final Ontology ALL = new Ontology(
            List.of(LARGE),
            List.of(new Metric("revenue", List.of(), List.of(), "what came in", "orders", "SUM(total)", "day", "USD")),
            List.of(new Dimension(
                    "place", List.of(), List.of(), "", List.of(new Level("country", List.of(), "customers", "land")))),
            List.of(new ValueAlias("customers", "land", "DE", List.of("Germany"), List.of())),
            List.of(new Unit("USD", List.of("dollar"), List.of("orders.total"))),
            List.of(new Relation("", "orders", List.of("customer_id"), "customers", List.of("id"), "many_to_one", "")),
            List.of(new Role("analyst", List.of("controller"), "")),
            List.of(new Verified("how many?", "{\"version\": \"1\"}", "ann", "2026-01-02T03:04:05Z", List.of())),
            List.of(new Extension("OSI", "datasets/orders", "{\"label\":\"x\"}")));

    private final MutableClock clock = new MutableClock();

    @Test
    void keepsEveryKindOfEntry(@TempDir Path directory) {
        Path file = directory.resolve("registry.db");
        try (Registry registry = Registry.open(file, clock)) {
            assertThat(registry.publishOntology(ALL, "ann", "imported").published())
                    .isTrue();
        }
        try (Registry registry = Registry.open(file, clock)) {
            assertThat(registry.current().ontology()).isEqualTo(ALL);
            assertThat(registry.publishOntology(ALL, "ann", "again").published())
                    .isFalse();
            assertThat(registry.history().get(0).author()).isEqualTo("ann");
        }
    }

    @Test
    void tellsWhatAnEditChanged() {
        try (Registry registry = Registry.inMemory(clock)) {
            registry.publishOntology(ALL, "", "imported");
            Term larger =
                    new Term("Large order", List.of(), List.of("Analyst"), "", "", "orders", "", "total >= 500", "");
            Publication publication = registry.addToOntology(List.of(larger), "bob", "edited");
            assertThat(publication.changes())
                    .extracting(CatalogChange::description)
                    .containsExactly("term 'Large order' for Analyst of the ontology altered");
            assertThat(registry.current().ontology().terms()).containsExactly(larger);
            assertThat(registry.snapshotAt(1).orElseThrow().ontology()).isEqualTo(ALL);
            assertThat(registry.diff(1, 2)).extracting(CatalogChange::kind).containsExactly("ontology_entry_altered");
        }
    }

    @Test
    void refusesTwoEntriesOfOneKey() {
        try (Registry registry = Registry.inMemory(clock)) {
            Ontology twice = new Ontology(
                    List.of(LARGE, LARGE),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
            assertThatThrownBy(() -> registry.publishOntology(twice, "", ""))
                    .isInstanceOf(QueryException.class)
                    .hasMessage("The ontology says twice what term 'large order' is for analyst");
        }
    }
}
