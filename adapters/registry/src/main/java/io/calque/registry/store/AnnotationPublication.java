package io.calque.registry.store;

import io.calque.registry.annotate.AnnotationEdit;
import io.calque.registry.drift.AnnotationChange.AnnotationAdded;
import io.calque.registry.drift.AnnotationChange.AnnotationAltered;
import io.calque.registry.drift.AnnotationChange.AnnotationRemoved;
import io.calque.registry.drift.CatalogChange;
import io.calque.registry.override.OverriddenCatalog;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.CatalogSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One edit of an override, a tag or an owner, set against what is stored. Stateless. */
final class AnnotationPublication {
    private AnnotationPublication() {}

    static Publication write(Connection connection, StoredCatalog before, AnnotationEdit edit, Instant now)
            throws SQLException {
        AnnotationRows.lastEdit(connection, edit.target(), edit.aspect(), edit.label())
                .check(edit.revision(), "the " + edit.subject());
        Annotation wanted = new Annotation(
                edit.target(),
                edit.aspect(),
                edit.label(),
                edit.value().orElse(""),
                before.version() + 1,
                edit.author(),
                now,
                Optional.empty());
        Optional<Annotation> present = before.observed().annotations().stream()
                .filter(a -> a.isAbout(wanted))
                .findFirst();
        if (edit.value().isEmpty()) {
            return present.isEmpty()
                    ? new Publication(before.version(), false, List.of())
                    : remove(connection, before, present.get(), edit, now);
        }
        if (present.filter(a -> a.value().equals(wanted.value())).isPresent()) {
            return new Publication(before.version(), false, List.of());
        }
        check(before.observed(), wanted);
        CatalogChange change = present.<CatalogChange>map(a -> new AnnotationAltered(a, wanted))
                .orElseGet(() -> new AnnotationAdded(wanted));
        CatalogWriter writer = CatalogWriter.begin(
                connection, before.version(), now, "set the " + edit.subject(), edit.author(), List.of(change));
        AnnotationRows.remove(connection, writer.version(), wanted);
        AnnotationRows.add(connection, writer.version(), wanted);
        return new Publication(writer.version(), true, List.of(change));
    }

    private static Publication remove(
            Connection connection, StoredCatalog before, Annotation present, AnnotationEdit edit, Instant now)
            throws SQLException {
        CatalogChange change = new AnnotationRemoved(present);
        CatalogWriter writer = CatalogWriter.begin(
                connection, before.version(), now, "removed the " + edit.subject(), edit.author(), List.of(change));
        AnnotationRows.remove(connection, writer.version(), present);
        return new Publication(writer.version(), true, List.of(change));
    }

    /** What would have no effect from its first day is an error of the one who says it. */
    private static void check(CatalogSnapshot observed, Annotation wanted) {
        List<Annotation> all = new ArrayList<>(observed.annotations());
        all.removeIf(a -> a.isAbout(wanted));
        all.add(wanted);
        OverriddenCatalog.of(new CatalogSnapshot(
                        observed.version(),
                        observed.publishedAt(),
                        observed.sources(),
                        observed.views(),
                        observed.relationships(),
                        all,
                        List.of()))
                .annotations()
                .stream()
                .filter(a -> a.isAbout(wanted))
                .flatMap(a -> a.problem().stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw new QueryException(
                            ErrorCode.INVALID_PARAMETER,
                            "'" + wanted.target() + "' cannot have the "
                                    + wanted.aspect().name().toLowerCase(java.util.Locale.ROOT) + " '"
                                    + wanted.value() + "': " + problem);
                });
    }
}
