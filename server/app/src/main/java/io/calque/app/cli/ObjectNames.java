package io.calque.app.cli;

import io.calque.app.config.NearestName;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds sources, tables and columns by their dotted names, as short as they are unique. Immutable. */
final class ObjectNames {
    private final CatalogSnapshot catalog;

    /** @param catalog objects under the names that are meant: their sources' or those that SQL sees */
    ObjectNames(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /**
     * What the name means; an object that is gone is found while something is said of it.
     *
     * @throws QueryException OBJECT_NOT_FOUND with the nearest name, TABLE_AMBIGUOUS with the choices
     */
    Target target(String written) {
        String name = written.replace("\"", "");
        Optional<Target> annotated = catalog.annotations().stream()
                .map(Annotation::target)
                .filter(t -> t.toString().equals(name))
                .findFirst();
        if (annotated.isPresent()) {
            return annotated.get();
        }
        List<Target> found = new ArrayList<>(matching(name));
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new QueryException(
                    ErrorCode.OBJECT_NOT_FOUND,
                    "The registry knows nothing called '" + written + "'." + NearestName.hint(name, known()));
        }
        throw new QueryException(
                ErrorCode.TABLE_AMBIGUOUS,
                "'" + written + "' may be "
                        + String.join(
                                " or ", found.stream().map(Target::toString).toList()));
    }

    private Set<Target> matching(String name) {
        Set<Target> found = new LinkedHashSet<>();
        catalog.sources().stream()
                .filter(s -> s.id().value().equalsIgnoreCase(name))
                .forEach(s -> found.add(Target.of(s.id())));
        if (found.isEmpty()) {
            catalog.views().stream()
                    .filter(v -> ("calque.views." + v.name()).equalsIgnoreCase(name))
                    .forEach(v -> found.add(Target.of(new TableName(new SourceId("calque"), "views", v.name()))));
        }
        if (found.isEmpty()) {
            tables().forEach(table -> {
                for (String form : forms(table.name())) {
                    if (form.equalsIgnoreCase(name)) {
                        found.add(Target.of(table.name()));
                    }
                }
            });
        }
        if (found.isEmpty()) {
            tables().forEach(table -> {
                for (String form : forms(table.name())) {
                    if (folded(name).startsWith(folded(form) + ".")) {
                        column(table, name.substring(form.length() + 1)).ifPresent(found::add);
                    }
                }
            });
        }
        return found;
    }

    private Stream<TableDescriptor> tables() {
        return catalog.sources().stream().flatMap(s -> s.tables().stream());
    }

    private static List<String> forms(TableName name) {
        return List.of(
                        name.toString(),
                        name.source() + "." + name.table(),
                        name.schema() + "." + name.table(),
                        name.table())
                .stream()
                .distinct()
                .toList();
    }

    private static Optional<Target> column(TableDescriptor table, String written) {
        List<String> names =
                table.columns().stream().map(ColumnDescriptor::name).toList();
        return names.stream()
                .filter(written::equals)
                .findFirst()
                .or(() -> names.stream().filter(written::equalsIgnoreCase).findFirst())
                .or(() -> names.stream()
                        .filter(n -> folded(n).startsWith(folded(written) + "."))
                        .map(n -> n.substring(0, written.length()))
                        .findFirst())
                .map(n -> Target.of(table.name(), n));
    }

    /**
     * The end of a relationship.
     *
     * @param written a table and its columns, {@code crm.public.orders.customer_id} or {@code orders.a,b}
     */
    End end(String written) {
        List<String> parts = Arrays.asList(written.split(","));
        Target first = target(parts.get(0));
        if (first.table().isEmpty() || first.column().isEmpty()) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, "'" + written + "' names no column");
        }
        List<String> columns = new ArrayList<>(List.of(first.column().get()));
        columns.addAll(parts.subList(1, parts.size()));
        return new End(first.table().get(), columns);
    }

    private List<String> known() {
        List<String> known = new ArrayList<>();
        catalog.sources().forEach(s -> known.add(s.id().value()));
        tables().forEach(t -> {
            known.addAll(forms(t.name()));
            t.columns().forEach(c -> known.add(t.name().table() + "." + c.name()));
        });
        return known;
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
