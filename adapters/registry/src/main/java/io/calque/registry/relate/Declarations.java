package io.calque.registry.relate;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The references that sources declare. Immutable. */
final class Declarations {
    private final Set<SourceId> sources = new HashSet<>();
    private final Set<End> referring = new HashSet<>();
    private final Set<End> referred = new HashSet<>();

    Declarations(Collection<TableDescriptor> tables) {
        for (TableDescriptor table : tables) {
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                referring.add(new End(table.name(), key.columns()));
                referred.add(new End(key.target(), key.targetColumns()));
                // Nesting declares its own references and says nothing of the source's habits.
                if (table.nestedIn().isEmpty()) {
                    sources.add(table.name().source());
                }
            }
        }
    }

    boolean usedBy(SourceId source) {
        return sources.contains(source);
    }

    boolean declares(TableName table, List<String> columns) {
        return referring.contains(new End(table, columns));
    }

    boolean referTo(TableName table, List<String> columns) {
        return referred.contains(new End(table, columns));
    }
}
