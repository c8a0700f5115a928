package io.calque.registry.relate;

import io.calque.spi.catalog.Relationship.Evidence.Kind;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;

/** What keys and declared references say about a pair. Immutable. */
final class KeyEvidence {
    private final Declarations declarations;

    KeyEvidence(Declarations declarations) {
        this.declarations = declarations;
    }

    void weigh(Column from, Column to, Finding finding) {
        TableDescriptor target = to.table().descriptor();
        String key = "'" + to.label() + "' ";
        switch (to.key()) {
            case PRIMARY -> finding.add(Kind.KEY, Weights.PRIMARY_KEY, key + "is the primary key");
            case UNIQUE -> finding.add(Kind.KEY, Weights.UNIQUE_KEY, key + "is declared unique");
            case BEST -> finding.add(Kind.KEY, Weights.BEST_KEY, key + "was measured unique");
            default -> finding.add(Kind.KEY, Weights.OTHER_KEY, key + "is unique, but the table has a better key");
        }
        if (from.key() == KeyKind.PRIMARY || from.key() == KeyKind.BEST) {
            boolean text = from.isText();
            finding.add(
                    Kind.KEY,
                    text ? Weights.OWN_TEXT_KEY : Weights.OWN_KEY,
                    "'" + from.label() + "' is the key of its own table");
        }
        if (from.tableName().equals(to.tableName())) {
            finding.add(Kind.KEY, Weights.SAME_TABLE, "the table would refer to itself");
        }
        if (from.tableName().source().equals(to.tableName().source())
                && declarations.usedBy(from.tableName().source())) {
            finding.add(Kind.DECLARATION, Weights.NOT_DECLARED, "the source declares foreign keys, and not this one");
        }
        if (declarations.referTo(target.name(), List.of(to.descriptor().name()))) {
            finding.add(Kind.DECLARATION, Weights.REFERRED_TO, "declared foreign keys refer to this key");
        }
    }
}
