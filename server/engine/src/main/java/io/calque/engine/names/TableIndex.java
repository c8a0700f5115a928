package io.calque.engine.names;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds what a table name means to one principal: {@code source.schema.table} or any unique shorter form.
 *
 * <p>An exact spelling wins over one that differs in case; among several, the search path decides. Immutable, thread-safe.
 */
public final class TableIndex {
    /** The catalog under which flat tools see everything, and where views live. */
    public static final SourceId CALQUE = new SourceId("calque");

    public static final String VIEW_SCHEMA = "views";

    /** What a name stands for. */
    public sealed interface Entry {
        TableName name();
    }

    /**
     * @param overridden present when the source has the table otherwise than SQL sees it
     */
    public record TableEntry(TableDescriptor table, Optional<OverriddenTable> overridden) implements Entry {
        @Override
        public TableName name() {
            return table.name();
        }
    }

    public record ViewEntry(ViewDescriptor view) implements Entry {
        @Override
        public TableName name() {
            return view.tableName();
        }
    }

    private final Map<String, List<Entry>> byForm = new HashMap<>();
    private final List<SourceId> sources;

    private TableIndex(List<SourceId> sources) {
        this.sources = sources;
    }

    /**
     * @param snapshot what the principal may see
     * @param systemTables tables that every principal sees beside the snapshot's
     */
    public static TableIndex of(CatalogSnapshot snapshot, Collection<TableDescriptor> systemTables) {
        List<SourceId> ids =
                snapshot.whole().sources().stream().map(SourceSnapshot::id).toList();
        TableIndex index = new TableIndex(ids);
        for (SourceSnapshot source : snapshot.sources()) {
            source.tables().forEach(table -> index.add(new TableEntry(table, snapshot.overridden(table.name()))));
        }
        snapshot.views().stream().map(ViewEntry::new).forEach(index::add);
        systemTables.forEach(table -> index.add(new TableEntry(table, Optional.empty())));
        return index;
    }

    private void add(Entry entry) {
        TableName name = entry.name();
        String source = name.source().value();
        String schema = name.schema();
        String table = name.table();
        for (String form : new LinkedForms(source, schema, table).forms()) {
            byForm.computeIfAbsent(folded(form), f -> new ArrayList<>()).add(entry);
        }
    }

    /** The ways to write one name; schema equal to source, as MongoDB often has it, gives fewer. */
    private record LinkedForms(String source, String schema, String table) {
        List<String> forms() {
            return List.of(
                            table,
                            schema + "." + table,
                            source + "." + table,
                            source + "." + schema + "." + table,
                            "calque." + source + "." + schema + "." + table)
                    .stream()
                    .distinct()
                    .toList();
        }
    }

    /**
     * @param parts as written; a part may hold dots of its own
     * @param searchPath entries {@code source} or {@code source.schema}, first wins
     * @throws QueryException TABLE_NOT_FOUND with the nearest name, TABLE_AMBIGUOUS with the choices
     */
    public Entry resolve(List<String> parts, List<String> searchPath) {
        String written = String.join(".", parts);
        List<Entry> found = byForm.getOrDefault(folded(written), List.of());
        List<Entry> exact = found.stream()
                .filter(e -> ("calque." + e.name()).endsWith("." + written)
                        || (e.name().source() + "." + e.name().table()).equals(written))
                .toList();
        List<Entry> best = exact.isEmpty() ? found : exact;
        if (best.isEmpty()) {
            throw notFound(written);
        }
        // In system.columns, system is the schema first: the source of that name has other schemas with such tables.
        List<Entry> bySchema = best.size() == 1
                ? best
                : best.stream().filter(e -> isSchemaForm(e.name(), written)).toList();
        if (bySchema.size() == 1) {
            return bySchema.get(0);
        }
        return onPath(best, searchPath).orElseThrow(() -> ambiguous(written, best));
    }

    private static boolean isSchemaForm(TableName name, String written) {
        return folded(name.schema() + "." + name.table()).equals(folded(written));
    }

    private static Optional<Entry> onPath(List<Entry> found, List<String> searchPath) {
        for (String place : searchPath) {
            List<Entry> here = found.stream()
                    .filter(e -> place.equalsIgnoreCase(e.name().source().value())
                            || place.equalsIgnoreCase(
                                    e.name().source() + "." + e.name().schema()))
                    .toList();
            if (here.size() == 1) {
                return Optional.of(here.get(0));
            }
        }
        // A user's own tables come before Calque's.
        List<Entry> own = found.stream()
                .filter(e -> !e.name().source().value().equals("system"))
                .toList();
        return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
    }

    private static QueryException ambiguous(String written, List<Entry> found) {
        String choices = found.stream().map(e -> "'" + e.name() + "'").sorted().collect(Collectors.joining(", "));
        return new QueryException(
                ErrorCode.TABLE_AMBIGUOUS,
                "Table '" + written + "' is ambiguous: it may be " + choices + ". Qualify it, or SET search_path");
    }

    private QueryException notFound(String written) {
        String message = "Table '" + written + "' not found.";
        if (sources.isEmpty()) {
            return new QueryException(
                    ErrorCode.TABLE_NOT_FOUND, message + " The registry is empty: run 'calque introspect'");
        }
        Optional<String> near = NearestName.to(folded(written), byForm.keySet())
                .flatMap(form -> byForm.getOrDefault(form, List.of()).stream().findFirst())
                .map(entry -> entry.name().toString());
        return new QueryException(
                ErrorCode.TABLE_NOT_FOUND,
                message + near.map(n -> " Did you mean '" + n + "'?").orElse(" SHOW TABLES lists all"));
    }

    private static String folded(String form) {
        return form.toLowerCase(Locale.ROOT);
    }
}
