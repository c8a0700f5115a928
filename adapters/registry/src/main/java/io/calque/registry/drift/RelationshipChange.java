package io.calque.registry.drift;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Relationship;
import java.util.Locale;
import java.util.Optional;

/** A change of what is believed to refer to what. Immutable; named after the referring table. */
public sealed interface RelationshipChange extends CatalogChange {
    Relationship relationship();

    @Override
    default Impact impact() {
        return Impact.COMPATIBLE;
    }

    @Override
    default Optional<SourceId> source() {
        return table().map(TableName::source);
    }

    @Override
    default Optional<TableName> table() {
        return Optional.of(relationship().from().table());
    }

    @Override
    default Optional<String> object() {
        return Optional.of(String.join(", ", relationship().from().columns()));
    }

    private static String words(Relationship relationship) {
        return relationship.from() + " to " + relationship.to();
    }

    /** A new one; its state says by whom. */
    record RelationshipAdded(Relationship relationship) implements RelationshipChange {
        @Override
        public String description() {
            return String.format(
                    Locale.ROOT,
                    "relationship %s %s with confidence %.2f",
                    words(relationship),
                    relationship.state().name().toLowerCase(Locale.ROOT),
                    relationship.confidence());
        }
    }

    /** Nothing speaks for it any more. */
    record RelationshipRemoved(Relationship relationship) implements RelationshipChange {
        @Override
        public String description() {
            return "relationship " + words(relationship) + " no longer inferred";
        }
    }

    /** A person confirmed or rejected it, or took that back, or its confidence moved. */
    record RelationshipAltered(Relationship from, Relationship relationship) implements RelationshipChange {
        @Override
        public String description() {
            return String.format(
                    Locale.ROOT,
                    "relationship %s went from %s with confidence %.2f to %s with %.2f",
                    words(relationship),
                    from.state().name().toLowerCase(Locale.ROOT),
                    from.confidence(),
                    relationship.state().name().toLowerCase(Locale.ROOT),
                    relationship.confidence());
        }
    }
}
