package io.calque.registry.override;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.OverriddenTable.FromColumn;
import io.calque.spi.catalog.OverriddenTable.FromMembers;
import io.calque.spi.catalog.OverriddenTable.Member;
import io.calque.spi.catalog.OverriddenTable.Origin;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.DataType;
import io.calque.spi.type.DataTypeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The overrides of one table, applied one kind after another. Used once, by one thread. */
final class TableOverrides {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JSON = "json";

    private final List<Annotation> said;
    private final ShownNames names;
    private final Function<TableName, Optional<String>> nameProblem;
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<ShownColumn> columns = new ArrayList<>();
    private TableDescriptor observed;
    private TableName shownName;
    private boolean hidden;
    private Optional<String> comment = Optional.empty();

    private TableOverrides(
            TableDescriptor observed,
            List<Annotation> said,
            ShownNames names,
            Function<TableName, Optional<String>> nameProblem) {
        this.observed = observed;
        this.said = said;
        this.names = names;
        this.nameProblem = nameProblem;
        this.shownName = observed.name();
    }

    /**
     * @param names is told the names under which table and columns are shown
     * @param nameProblem why a table cannot have a name
     */
    static TableOverrides of(
            TableDescriptor observed,
            List<Annotation> said,
            ShownNames names,
            Function<TableName, Optional<String>> nameProblem) {
        TableOverrides overrides = new TableOverrides(observed, said, names, nameProblem);
        overrides.apply();
        return overrides;
    }

    private void apply() {
        for (int i = 0; i < observed.columns().size(); i++) {
            columns.add(new ShownColumn(observed.columns().get(i), new FromColumn(i)));
        }
        each(Aspect.KEY, this::key);
        each(Aspect.NESTING, this::nest);
        each(Aspect.TYPE, this::retype);
        each(Aspect.COMMENT, this::comment);
        each(Aspect.HIDDEN, this::hide);
        each(Aspect.NAME, this::rename);
        if (columns.isEmpty()) {
            hidden = true;
        }
        tellNames();
    }

    private void each(Aspect aspect, Function<Annotation, Optional<String>> apply) {
        for (Annotation annotation : said) {
            if (annotation.aspect() == aspect) {
                Optional<String> problem = apply.apply(annotation);
                annotations.add(problem.map(annotation::withProblem).orElse(annotation));
            }
        }
    }

    private Optional<String> key(Annotation annotation) {
        if (annotation.target().column().isPresent()) {
            return Optional.of("a key belongs to a table, not to a column");
        }
        List<String> key;
        try {
            key = MAPPER.readValue(annotation.value(), new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            return Optional.of("'" + annotation.value() + "' is no JSON list of columns");
        }
        for (String name : key) {
            if (observed.column(name).isEmpty()) {
                return Optional.of("table " + observed.name() + " has no column " + name);
            }
        }
        if (key.isEmpty() || new HashSet<>(key).size() != key.size()) {
            return Optional.of("a key needs different columns, at least one");
        }
        observed = new TableDescriptor(
                observed.name(),
                observed.kind(),
                observed.columns(),
                Optional.of(new KeyDescriptor("", key)),
                observed.uniqueKeys(),
                observed.foreignKeys(),
                observed.indexes(),
                observed.nestedIn(),
                observed.statistics(),
                observed.comment(),
                observed.facts());
        return Optional.empty();
    }

    private Optional<String> nest(Annotation annotation) {
        String prefix = annotation.target().column().orElse("");
        if (!annotation.value().equals(JSON)) {
            return Optional.of("nesting is '" + JSON + "', not '" + annotation.value() + "'");
        }
        List<Member> members = new ArrayList<>();
        int first = -1;
        for (int i = 0; i < columns.size(); i++) {
            ColumnDescriptor column = columns.get(i).descriptor;
            if (column.name().startsWith(prefix + ".") && columns.get(i).origin instanceof FromColumn from) {
                first = first < 0 ? i : first;
                List<String> path = Arrays.asList(
                        column.name().substring(prefix.length() + 1).split("\\."));
                members.add(new Member(path, from.position()));
            }
        }
        if (prefix.isEmpty() || members.isEmpty()) {
            return Optional.of("no column is nested in '" + prefix + "'");
        }
        if (members.stream().anyMatch(m -> structured(m.position()))) {
            return Optional.of("'" + prefix + "' holds arrays or binary values, which JSON text cannot keep exactly");
        }
        ColumnDescriptor document = new ColumnDescriptor(
                prefix,
                List.of(prefix),
                DataType.VARCHAR,
                "document",
                true,
                Optional.empty(),
                ColumnDescriptor.Generation.NONE,
                "",
                new TreeMap<>());
        columns.removeIf(c -> c.descriptor.name().startsWith(prefix + "."));
        columns.add(Math.min(first, columns.size()), new ShownColumn(document, new FromMembers(members)));
        return Optional.empty();
    }

    private boolean structured(int position) {
        return CastTable.problem(observed.columns().get(position).type(), DataType.VARCHAR)
                .isPresent();
    }

    private Optional<String> retype(Annotation annotation) {
        ShownColumn column = column(annotation);
        if (column == null) {
            return Optional.of("no column to retype");
        }
        DataType type;
        try {
            type = DataTypeText.parse(annotation.value());
        } catch (RuntimeException e) {
            return Optional.of("'" + annotation.value() + "' is no type");
        }
        Optional<String> problem = CastTable.problem(column.descriptor.type(), type);
        if (problem.isEmpty()) {
            column.descriptor = with(column.descriptor, column.descriptor.name(), type, column.descriptor.comment());
        }
        return problem;
    }

    private Optional<String> comment(Annotation annotation) {
        if (annotation.target().column().isEmpty()) {
            comment = Optional.of(annotation.value());
            return Optional.empty();
        }
        ShownColumn column = column(annotation);
        if (column == null) {
            return Optional.of("no column to comment on");
        }
        column.descriptor =
                with(column.descriptor, column.descriptor.name(), column.descriptor.type(), annotation.value());
        return Optional.empty();
    }

    private Optional<String> hide(Annotation annotation) {
        if (annotation.target().column().isEmpty()) {
            hidden = true;
            return Optional.empty();
        }
        String name = annotation.target().column().get();
        // A prefix hides everything beneath it.
        boolean any = columns.removeIf(
                c -> c.descriptor.name().equals(name) || c.descriptor.name().startsWith(name + "."));
        return any ? Optional.empty() : Optional.of("no column to hide");
    }

    private Optional<String> rename(Annotation annotation) {
        String wanted = annotation.value();
        if (wanted.isEmpty()) {
            return Optional.of("a name has at least one character");
        }
        if (annotation.target().column().isEmpty()) {
            TableName name =
                    new TableName(observed.name().source(), observed.name().schema(), wanted);
            Optional<String> problem = name.equals(observed.name()) ? Optional.empty() : nameProblem.apply(name);
            if (problem.isEmpty()) {
                shownName = name;
            }
            return problem;
        }
        ShownColumn column = column(annotation);
        if (column == null) {
            return Optional.of("no column to rename");
        }
        if (columns.stream().anyMatch(c -> c != column && c.descriptor.name().equals(wanted))) {
            return Optional.of("another column of " + observed.name() + " is called " + wanted);
        }
        column.descriptor = with(column.descriptor, wanted, column.descriptor.type(), column.descriptor.comment());
        return Optional.empty();
    }

    private @org.jspecify.annotations.Nullable ShownColumn column(Annotation annotation) {
        String name = annotation.target().column().orElse("");
        return columns.stream()
                .filter(c -> c.observedName.equals(name))
                .findFirst()
                .orElse(null);
    }

    private static ColumnDescriptor with(ColumnDescriptor column, String name, DataType type, String comment) {
        return new ColumnDescriptor(
                name,
                column.path(),
                type,
                column.nativeType(),
                column.nullable(),
                column.defaultValue(),
                column.generation(),
                comment,
                column.facts());
    }

    private void tellNames() {
        if (!shownName.equals(observed.name())) {
            names.rename(observed.name(), shownName);
        }
        Set<String> alone = new HashSet<>();
        for (ShownColumn column : columns) {
            if (column.origin instanceof FromColumn) {
                alone.add(column.observedName);
                if (!column.observedName.equals(column.descriptor.name())) {
                    names.column(observed.name(), column.observedName, Optional.of(column.descriptor.name()));
                }
            }
        }
        for (ColumnDescriptor column : observed.columns()) {
            if (!alone.contains(column.name())) {
                names.column(observed.name(), column.name(), Optional.empty());
            }
        }
    }

    /** As the source has it, with the key that a user declared. */
    TableDescriptor observed() {
        return observed;
    }

    TableName shownName() {
        return shownName;
    }

    boolean hidden() {
        return hidden;
    }

    Optional<String> comment() {
        return comment;
    }

    List<ShownColumn> columns() {
        return columns;
    }

    /** As they were made, with their problems. */
    List<Annotation> annotations() {
        return annotations;
    }

    /** A column on its way to what SQL sees. */
    static final class ShownColumn {
        final String observedName;
        final Origin origin;
        ColumnDescriptor descriptor;

        ShownColumn(ColumnDescriptor descriptor, Origin origin) {
            this.observedName = descriptor.name();
            this.descriptor = descriptor;
            this.origin = origin;
        }
    }
}
