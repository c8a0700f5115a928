package io.calque.jdbc.torture;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.source.Introspector.Observation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Everything that introspection says of a source, for people to read and to compare. Mutable; used once. */
public final class CatalogText {
    private static final int BOUNDS_SHOWN = 4;

    private final StringBuilder text = new StringBuilder();

    private CatalogText() {}

    public static String of(Observation seen) {
        CatalogText all = new CatalogText();
        seen.userTypes().stream().sorted(UserTypeDescriptor.BY_NAME).forEach(all::type);
        seen.tables().stream()
                .sorted(Comparator.comparing(TableDescriptor::name))
                .forEach(all::table);
        seen.warnings().forEach(warning -> all.line("warning: " + warning));
        return all.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void type(UserTypeDescriptor type) {
        line("type " + name(type.schema()) + "." + name(type.name()) + ": " + type.kind()
                + type.baseType().map(base -> " of " + base).orElse("") + (type.nullable() ? "" : ", not null")
                + type.defaultValue().map(value -> ", default " + value).orElse("")
                + (type.labels().isEmpty() ? "" : " " + names(type.labels()))
                + (type.attributes().isEmpty()
                        ? ""
                        : type.attributes().stream()
                                .map(a -> name(a.name()) + " " + a.nativeType())
                                .collect(Collectors.joining(", ", " (", ")")))
                + type.checks().stream().map(check -> ", check " + check).collect(Collectors.joining())
                + comment(type.comment()));
        line("");
    }

    private void table(TableDescriptor table) {
        line(table.kind() + " " + name(table.name().schema()) + "."
                + name(table.name().table()) + rows(table.statistics().rowCount()) + comment(table.comment()));
        table.facts().forEach((key, value) -> line("  " + key + ": " + name(value)));
        table.columns().forEach(this::column);
        table.primaryKey().ifPresent(key -> line("  primary key" + key(key)));
        table.uniqueKeys().stream()
                .sorted(Comparator.comparing(KeyDescriptor::name))
                .forEach(key -> line("  unique key" + key(key)));
        table.foreignKeys().stream()
                .sorted(Comparator.comparing(ForeignKeyDescriptor::name))
                .forEach(key -> line("  foreign key" + (key.name().isEmpty() ? "" : " " + name(key.name())) + " "
                        + names(key.columns()) + " -> " + name(key.target().schema()) + "."
                        + name(key.target().table()) + " " + names(key.targetColumns())));
        table.indexes().stream()
                .sorted(Comparator.comparing(IndexDescriptor::name))
                .forEach(this::index);
        table.statistics().columns().forEach(this::statistics);
        line("");
    }

    private static String rows(OptionalDouble rows) {
        return rows.isEmpty() ? "" : ", rows " + number(rows.getAsDouble());
    }

    private void column(ColumnDescriptor column) {
        String generation = switch (column.generation()) {
            case NONE -> "";
            case IDENTITY -> ", identity";
            case COMPUTED -> ", computed";
        };
        line("  " + name(column.name()) + ": " + column.type() + " <- " + name(column.nativeType())
                + (column.nullable() ? "" : ", not null") + generation
                + column.defaultValue().map(value -> ", default " + name(value)).orElse("") + facts(column.facts())
                + comment(column.comment()));
    }

    private static String facts(SortedMap<String, String> facts) {
        return facts.isEmpty()
                ? ""
                : facts.entrySet().stream()
                        .map(fact -> fact.getKey() + "=" + name(fact.getValue()))
                        .collect(Collectors.joining(", ", ", {", "}"));
    }

    private static String key(KeyDescriptor key) {
        return (key.name().isEmpty() ? "" : " " + name(key.name())) + " " + names(key.columns());
    }

    private void index(IndexDescriptor index) {
        String columns = index.columns().stream().map(CatalogText::part).collect(Collectors.joining(", ", "(", ")"));
        line("  " + (index.unique() ? "unique index " : "index ") + name(index.name()) + " " + index.kind() + " "
                + columns
                + (index.condition().isEmpty() ? "" : " where " + name(index.condition())));
    }

    private static String part(IndexColumn column) {
        return (column.expression() ? "= " : "") + name(column.name()) + (column.descending() ? " desc" : "");
    }

    private void statistics(String column, ColumnStatistics statistics) {
        StringBuilder figures = new StringBuilder("  of " + name(column) + ":");
        statistics
                .distinctCount()
                .ifPresent(value -> figures.append(" distinct ").append(number(value)));
        statistics.nullFraction().ifPresent(value -> figures.append(", nulls ").append(number(value)));
        statistics.averageBytes().ifPresent(value -> figures.append(", bytes ").append(number(value)));
        statistics.min().ifPresent(value -> figures.append(", min ").append(shown(value)));
        statistics.max().ifPresent(value -> figures.append(", max ").append(shown(value)));
        if (!statistics.mostCommon().isEmpty()) {
            figures.append(statistics.mostCommon().stream()
                    .map(common -> shown(common.value()) + " " + number(common.fraction()))
                    .limit(BOUNDS_SHOWN)
                    .collect(Collectors.joining(
                            ", ", ", " + statistics.mostCommon().size() + " common [", "]")));
        }
        if (!statistics.histogram().isEmpty()) {
            figures.append(statistics.histogram().stream()
                    .limit(BOUNDS_SHOWN)
                    .map(CatalogText::shown)
                    .collect(Collectors.joining(
                            ", ", ", " + statistics.histogram().size() + " bounds [", "]")));
        }
        if (!statistics.samples().isEmpty()) {
            figures.append(", samples ").append(names(statistics.samples()));
        }
        line(figures.toString());
    }

    /** As short as it goes, five digits behind the point. */
    private static String number(double value) {
        double rounded = Math.round(value * 100_000) / 100_000d;
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }

    private static String comment(String comment) {
        return comment.isEmpty() ? "" : " # " + escaped(comment);
    }

    private static String names(List<String> names) {
        return names.stream().map(CatalogText::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String shown(String value) {
        return name(value.length() > 40 ? value.substring(0, value.offsetByCodePoints(0, 20)) + "..." : value);
    }

    /** Quoted wherever a reader could be in doubt. */
    public static String name(String name) {
        return name.matches("[A-Za-z0-9_(),.: -]*[A-Za-z0-9_)]") && !name.startsWith(" ") ? name : escaped(name);
    }

    private static String escaped(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            Map<Integer, String> named = Map.of(
                    (int) '"', "\\\"", (int) '\\', "\\\\", (int) '\n', "\\n", (int) '\t', "\\t", (int) '\r', "\\r");
            if (named.containsKey(c)) {
                quoted.append(named.get(c));
            } else if (c < ' ' || (c >= 0xfff0 && c <= 0xffff) || c > 0x10fff0) {
                quoted.append(String.format("\\u{%x}", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
