package io.calque.registry.store;

import io.calque.registry.drift.AnnotationDiff;
import io.calque.registry.drift.CatalogChange;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A new state of the ontology, set against what is stored. Stateless. */
final class OntologyPublication {
    private OntologyPublication() {}

    static Publication write(
            Connection connection, StoredCatalog before, Ontology wanted, String author, String cause, Instant now)
            throws SQLException {
        Ontology present = before.observed().ontology();
        checkUnique(wanted);
        if (present.equals(wanted)) {
            return new Publication(before.version(), false, List.of());
        }
        List<CatalogChange> changes = AnnotationDiff.ontology(present, wanted);
        CatalogWriter writer = CatalogWriter.begin(connection, before.version(), now, cause, author, changes);
        Map<OntologyEntry, Integer> positions = positions(present);
        Map<OntologyEntry, Integer> places = positions(wanted);
        for (Map.Entry<OntologyEntry, Integer> entry : positions.entrySet()) {
            if (!entry.getValue().equals(places.get(entry.getKey()))) {
                OntologyRows.remove(connection, writer.version(), entry.getKey());
            }
        }
        for (Map.Entry<OntologyEntry, Integer> entry : places.entrySet()) {
            if (!entry.getValue().equals(positions.get(entry.getKey()))) {
                OntologyRows.add(connection, writer.version(), entry.getKey(), entry.getValue());
            }
        }
        return new Publication(writer.version(), true, changes);
    }

    private static Map<OntologyEntry, Integer> positions(Ontology ontology) {
        Map<OntologyEntry, Integer> positions = new LinkedHashMap<>();
        ontology.entries().forEach(entry -> positions.put(entry, positions.size()));
        return positions;
    }

    private static void checkUnique(Ontology wanted) {
        Set<String> keys = new HashSet<>();
        for (OntologyEntry entry : wanted.entries()) {
            if (!keys.add(entry.kind() + " " + entry.key())) {
                throw new QueryException(
                        ErrorCode.INVALID_PARAMETER,
                        "The ontology says twice what " + entry.kind() + " '" + entry.name() + "' is"
                                + (entry.roles().isEmpty() ? "" : " for " + String.join(", ", entry.roles())));
            }
        }
    }
}
