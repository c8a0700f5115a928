package io.calque.registry.drift;

import io.calque.registry.drift.CatalogChange.ColumnRemoved;
import io.calque.registry.drift.CatalogChange.ColumnRenamed;
import io.calque.registry.drift.CatalogChange.ColumnRetyped;
import io.calque.registry.drift.CatalogChange.OfTable;
import io.calque.registry.drift.CatalogChange.OfView;
import io.calque.registry.drift.CatalogChange.TableRemoved;
import io.calque.registry.drift.CatalogChange.TableRenamed;
import io.calque.registry.drift.ViewConsequence.ViewAffected;
import io.calque.registry.drift.ViewConsequence.ViewBroken;
import io.calque.registry.drift.ViewConsequence.ViewMended;
import io.calque.registry.drift.ViewConsequence.ViewRetyped;
import io.calque.registry.drift.ViewShapes.Columns;
import io.calque.registry.drift.ViewShapes.Failure;
import io.calque.registry.drift.ViewShapes.Shape;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which saved views a change breaks or touches, by experiment: a view is resolved over the old and the new catalog, and to find the
 * causes over the old one with a single change made to it. That is exact, whatever the view's text does with names, stars, joins and
 * other views. Thread-safe.
 */
public final class ViewImpact implements CatalogListener {
    /** Causes beyond are not looked for: a source that changed throughout needs no attribution to be understood. */
    private static final int MOST_EXPERIMENTS = 100;

    private final ViewShapes shapes;

    public ViewImpact(ViewShapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public List<CatalogChange> consequences(Transition transition) {
        if (transition.after().views().isEmpty()) {
            return List.of();
        }
        // Not the changes of the sources: a person's override may hide them from SQL, or change what it sees without
        // them.
        List<CatalogChange> changes = CatalogDiff.between(transition.before(), transition.after()).stream()
                .filter(ViewImpact::matters)
                .toList();
        List<CatalogChange> consequences = new ArrayList<>();
        for (ViewDescriptor view :
                MentionedNames.of(changes).views(transition.after().views())) {
            before(transition, view)
                    .flatMap(old -> consequence(view, old, transition, changes))
                    .ifPresent(consequences::add);
        }
        return consequences;
    }

    private static boolean matters(CatalogChange change) {
        return SnapshotEdit.of(change).isPresent() || change instanceof TableRenamed || change instanceof ColumnRenamed;
    }

    /** As it was, unless this version made or replaced it. */
    private static Optional<ViewDescriptor> before(Transition transition, ViewDescriptor view) {
        return transition.before().views().stream().filter(view::equals).findFirst();
    }

    private Optional<CatalogChange> consequence(
            ViewDescriptor view, ViewDescriptor old, Transition transition, List<CatalogChange> changes) {
        Shape was = shapes.of(old, transition.before());
        Shape is = shapes.of(view, transition.after());
        if (was instanceof Failure) {
            return is instanceof Columns
                    ? Optional.of(new ViewMended(view.name(), causes(view, was, transition, changes)))
                    : Optional.empty();
        }
        if (is instanceof Failure failure) {
            return Optional.of(new ViewBroken(view.name(), causes(view, was, transition, changes), failure.message()));
        }
        if (!is.equals(was)) {
            return Optional.of(new ViewRetyped(
                    view.name(), causes(view, was, transition, changes), difference((Columns) was, (Columns) is)));
        }
        List<CatalogChange> used = changes.stream()
                .filter(ColumnRetyped.class::isInstance)
                .limit(MOST_EXPERIMENTS)
                .filter(change -> uses(view, was, transition.before(), (ColumnRetyped) change))
                .toList();
        return used.isEmpty() ? Optional.empty() : Optional.of(new ViewAffected(view.name(), used));
    }

    /** A view uses a column when it would not be the same without it. */
    private boolean uses(ViewDescriptor view, Shape was, CatalogSnapshot before, ColumnRetyped change) {
        return before.table(change.name())
                .flatMap(t -> t.column(change.column()))
                .map(column -> SnapshotEdit.of(new ColumnRemoved(change.name(), column))
                        .orElseThrow()
                        .apply(before, before))
                .filter(without -> !shapes.of(view, without).equals(was))
                .isPresent();
    }

    private List<CatalogChange> causes(
            ViewDescriptor view, Shape was, Transition transition, List<CatalogChange> changes) {
        List<CatalogChange> causes = changes.stream()
                .filter(change -> MentionedNames.of(List.of(change))
                        .mayReach(view, transition.before().views()))
                .limit(MOST_EXPERIMENTS)
                .filter(change -> SnapshotEdit.of(change)
                        .map(edit -> edit.apply(transition.before(), transition.after()))
                        .filter(changed -> differs(shapes.of(view, changed), was))
                        .isPresent())
                .toList();
        return causes.stream()
                .flatMap(cause -> Stream.concat(Stream.of(cause), successors(cause, changes)))
                .toList();
    }

    /** Two failures differ in their messages only. */
    private static boolean differs(Shape one, Shape other) {
        return !(one instanceof Failure && other instanceof Failure) && !one.equals(other);
    }

    /** What may have taken the place of something that went. */
    private static Stream<CatalogChange> successors(CatalogChange cause, List<CatalogChange> changes) {
        if (cause instanceof TableRemoved gone) {
            return changes.stream()
                    .filter(c -> c instanceof TableRenamed r && r.former().equals(gone.name()));
        }
        if (cause instanceof ColumnRemoved gone) {
            return changes.stream()
                    .filter(c -> c instanceof ColumnRenamed r
                            && r.name().equals(gone.name())
                            && r.former().equals(gone.column().name()));
        }
        return Stream.empty();
    }

    private static String difference(Columns was, Columns is) {
        List<String> gone = was.columns().stream()
                .filter(c -> !is.columns().contains(c))
                .map(Object::toString)
                .toList();
        List<String> come = is.columns().stream()
                .filter(c -> !was.columns().contains(c))
                .map(Object::toString)
                .toList();
        return gone.isEmpty() && come.isEmpty()
                ? "another order"
                : (String.join(", ", gone)
                                + (gone.isEmpty() || come.isEmpty() ? "" : " became ")
                                + String.join(", ", come))
                        + (come.isEmpty() ? " went" : gone.isEmpty() ? " came" : "");
    }

    /**
     * Names that a view's text must hold, or another view's that it uses, to be touched by some changes: spares resolving all the
     * others.
     *
     * @param all whether a name can be written in ways that no text search finds
     */
    private record MentionedNames(List<String> names, boolean all) {
        static MentionedNames of(List<CatalogChange> changes) {
            List<String> names = new ArrayList<>();
            changes.forEach(change -> {
                if (change instanceof OfTable inTable) {
                    String table = inTable.name().table().toLowerCase(Locale.ROOT);
                    names.add(table.substring(table.lastIndexOf('.') + 1));
                } else if (change instanceof OfView ofView) {
                    names.add(ofView.view().toLowerCase(Locale.ROOT));
                }
            });
            return new MentionedNames(
                    names.stream().distinct().toList(), names.stream().anyMatch(n -> n.isEmpty() || n.contains("\"")));
        }

        /** In the order given. */
        List<ViewDescriptor> views(List<ViewDescriptor> views) {
            return views.stream().filter(v -> mayReach(v, views)).toList();
        }

        boolean mayReach(ViewDescriptor view, List<ViewDescriptor> others) {
            return all || reaches(view, others, new ArrayList<>());
        }

        private boolean reaches(ViewDescriptor view, List<ViewDescriptor> others, List<String> seen) {
            if (seen.contains(view.name())) {
                return false;
            }
            seen.add(view.name());
            String text = view.sql().toLowerCase(Locale.ROOT);
            return names.stream().anyMatch(text::contains)
                    || others.stream()
                            .filter(o -> text.contains(o.name().toLowerCase(Locale.ROOT)))
                            .anyMatch(o -> reaches(o, others, seen));
        }
    }
}
