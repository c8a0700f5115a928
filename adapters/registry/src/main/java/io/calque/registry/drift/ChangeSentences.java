package io.calque.registry.drift;

import io.calque.registry.drift.CatalogChange.ColumnAdded;
import io.calque.registry.drift.CatalogChange.ColumnRemoved;
import io.calque.registry.drift.CatalogChange.ColumnRenamed;
import io.calque.registry.drift.CatalogChange.ColumnRetyped;
import io.calque.registry.drift.CatalogChange.TableRemoved;
import io.calque.registry.drift.CatalogChange.TableRenamed;
import io.calque.spi.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What changed, for the person whose statement failed of it. Stateless. */
public final class ChangeSentences {
    private ChangeSentences() {}

    /**
     * What went or got another type in these tables, each as a clause with its full name and what may have taken its place.
     *
     * @param tables those that a statement reads
     * @param when the version and time of the change, as the clause is to end
     */
    public static List<String> of(List<CatalogChange> changes, Set<TableName> tables, String when) {
        return changes.stream()
                .filter(c -> c.table().filter(tables::contains).isPresent())
                .flatMap(c -> sentence(c, changes, when).stream())
                .toList();
    }

    private static Optional<String> sentence(CatalogChange change, List<CatalogChange> all, String when) {
        if (change instanceof TableRemoved gone) {
            String successor = all.stream()
                    .flatMap(c -> c instanceof TableRenamed r && r.former().equals(gone.name())
                            ? Stream.of("; it may be " + r.name() + " now")
                            : Stream.empty())
                    .findFirst()
                    .orElse("");
            return Optional.of("table " + gone.name() + " was removed (" + when + ")" + successor);
        }
        if (change instanceof ColumnRemoved gone) {
            String column = gone.name() + "." + gone.column().name();
            return Optional.of("column " + column + " was removed (" + when + ")" + successor(gone, all));
        }
        if (change instanceof ColumnRetyped retyped) {
            return Optional.of("column " + retyped.name() + "." + retyped.column() + " changed from " + retyped.from()
                    + " to " + retyped.to() + " (" + when + ")");
        }
        return Optional.empty();
    }

    private static String successor(ColumnRemoved gone, List<CatalogChange> all) {
        String former = gone.column().name();
        Optional<String> renamed = all.stream()
                .flatMap(c -> c instanceof ColumnRenamed r
                                && r.name().equals(gone.name())
                                && r.former().equals(former)
                        ? Stream.of("; nearest: " + r.column() + " (renamed?)")
                        : Stream.empty())
                .findFirst();
        return renamed.or(() -> all.stream()
                        .flatMap(c -> c instanceof ColumnAdded a && a.name().equals(gone.name())
                                ? Stream.of(a.column().name())
                                : Stream.empty())
                        .filter(added -> RenamePairs.likeness(added, former) >= 0.5)
                        .max(Comparator.comparingDouble(added -> RenamePairs.likeness(added, former)))
                        .map(near -> "; nearest: " + near))
                .orElse("");
    }
}
