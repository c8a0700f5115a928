package io.calque.registry.drift;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.ontology.OntologyEntry;
import java.util.Optional;

/** A change of what words mean. Immutable; named after the entry, which belongs to no source. */
public sealed interface OntologyChange extends CatalogChange {
    OntologyEntry entry();

    @Override
    default Optional<SourceId> source() {
        return Optional.empty();
    }

    @Override
    default Optional<TableName> table() {
        return Optional.empty();
    }

    @Override
    default Optional<String> object() {
        return Optional.of(entry().name());
    }

    private static String words(OntologyEntry entry) {
        return entry.kind() + " '" + entry.name() + "'"
                + (entry.roles().isEmpty() ? "" : " for " + String.join(", ", entry.roles()));
    }

    record OntologyEntryAdded(OntologyEntry entry) implements OntologyChange {
        @Override
        public String description() {
            return words(entry) + " added to the ontology";
        }
    }

    record OntologyEntryRemoved(OntologyEntry entry) implements OntologyChange {
        @Override
        public String description() {
            return words(entry) + " removed from the ontology";
        }
    }

    record OntologyEntryAltered(OntologyEntry from, OntologyEntry entry) implements OntologyChange {
        @Override
        public String description() {
            return words(entry) + " of the ontology altered";
        }
    }
}
