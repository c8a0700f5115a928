package io.calque.registry.drift;

import java.util.List;
import java.util.stream.Collectors;

/** What changes of tables, or of other views, do to a saved view. Immutable. */
public sealed interface ViewConsequence extends CatalogChange.OfView {
    /** Those changes that alone would do it; empty when only several together do. */
    List<CatalogChange> causes();

    private static String because(List<CatalogChange> causes) {
        return causes.isEmpty()
                ? ""
                : causes.stream().map(ViewConsequence::words).collect(Collectors.joining("; ", " because ", ""));
    }

    private static String words(CatalogChange change) {
        String place = change.table()
                .filter(t -> change.object().isPresent())
                .map(t -> t + ": ")
                .orElse("");
        return place + change.description();
    }

    /** A view can no longer be planned. */
    record ViewBroken(String view, List<CatalogChange> causes, String error) implements ViewConsequence {
        public ViewBroken {
            causes = List.copyOf(causes);
        }

        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public String description() {
            return "view " + view + " fails" + because(causes) + ": " + error;
        }
    }

    /** A view can be planned as before, and its columns or their types are others. */
    record ViewRetyped(String view, List<CatalogChange> causes, String difference) implements ViewConsequence {
        public ViewRetyped {
            causes = List.copyOf(causes);
        }

        @Override
        public Impact impact() {
            return Impact.BREAKING;
        }

        @Override
        public String description() {
            return "view " + view + " returns other columns" + because(causes) + ": " + difference;
        }
    }

    /** A view uses what changed, and returns the same columns. */
    record ViewAffected(String view, List<CatalogChange> causes) implements ViewConsequence {
        public ViewAffected {
            causes = List.copyOf(causes);
        }

        @Override
        public String description() {
            return "view " + view + " is affected" + because(causes);
        }
    }

    /** A view that could not be planned can be planned again. */
    record ViewMended(String view, List<CatalogChange> causes) implements ViewConsequence {
        public ViewMended {
            causes = List.copyOf(causes);
        }

        @Override
        public String description() {
            return "view " + view + " works again" + because(causes);
        }
    }
}
