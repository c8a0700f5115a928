package io.calque.app.shell;

import io.calque.app.client.CatalogQueries;
import io.calque.app.client.CatalogQueries.ColumnName;
import io.calque.app.client.CatalogQueries.TableLine;
import io.calque.app.client.StatementFailedException;
import io.calque.app.format.OutputFormat;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/**
 * Completes keywords, sources, tables and columns, as far as the words before say which. Names are read from the catalog at the
 * first completion and again after a minute. Single-threaded.
 */
final class NameCompleter implements Completer {
    private static final long FRESH_NANOS = 60_000_000_000L;
    private static final Set<String> BEFORE_TABLES = Set.of("from", "join", "\\d", "\\dt", "\\dv", "describe");
    private static final List<String> KEYWORDS = List.of(
            "all",
            "and",
            "as",
            "asc",
            "avg",
            "between",
            "by",
            "case",
            "cast",
            "coalesce",
            "count",
            "create",
            "cross",
            "current_date",
            "current_timestamp",
            "date_trunc",
            "desc",
            "distinct",
            "drop",
            "else",
            "end",
            "except",
            "exists",
            "explain",
            "extract",
            "false",
            "fetch",
            "first",
            "from",
            "full",
            "group",
            "having",
            "in",
            "inner",
            "intersect",
            "interval",
            "is",
            "join",
            "last",
            "left",
            "like",
            "ilike",
            "limit",
            "lower",
            "max",
            "min",
            "not",
            "null",
            "nulls",
            "offset",
            "on",
            "or",
            "order",
            "outer",
            "over",
            "partition",
            "replace",
            "right",
            "round",
            "row_number",
            "select",
            "set",
            "show",
            "substring",
            "sum",
            "table",
            "then",
            "true",
            "union",
            "upper",
            "using",
            "values",
            "view",
            "when",
            "where",
            "with");

    private final CatalogQueries catalog;
    private @Nullable Names names;

    NameCompleter(CatalogQueries catalog) {
        this.catalog = catalog;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word =
                line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
        String before = line.wordIndex() == 0
                ? ""
                : line.words().get(line.wordIndex() - 1).toLowerCase(Locale.ROOT);
        if (word.startsWith("\\")) {
            add(candidates, word, BackslashCommands.NAMES);
        } else if (before.equals("\\format")) {
            add(
                    candidates,
                    word,
                    Arrays.stream(OutputFormat.values())
                            .map(format -> format.name().toLowerCase(Locale.ROOT))
                            .toList());
        } else if (BEFORE_TABLES.contains(before)) {
            add(candidates, word, names().tables);
        } else if (word.contains(".")) {
            add(candidates, word, names().qualified(word, line.words()));
            add(candidates, word, names().tables);
        } else {
            add(candidates, word, inCaseOf(word));
            add(candidates, word, names().columnsOf(line.words()));
            add(candidates, word, names().tables);
        }
    }

    private static void add(List<Candidate> candidates, String word, Collection<String> texts) {
        String start = word.toLowerCase(Locale.ROOT);
        for (String text : texts) {
            if (text.toLowerCase(Locale.ROOT).startsWith(start)) {
                candidates.add(new Candidate(text));
            }
        }
    }

    /** Keywords follow the case in which the person types. */
    private static List<String> inCaseOf(String word) {
        boolean upper = !word.isEmpty() && word.equals(word.toUpperCase(Locale.ROOT));
        return upper
                ? KEYWORDS.stream()
                        .map(keyword -> keyword.toUpperCase(Locale.ROOT))
                        .toList()
                : KEYWORDS;
    }

    private Names names() {
        Names current = names;
        if (current == null || System.nanoTime() - current.readAt > FRESH_NANOS) {
            try {
                current = Names.of(catalog);
            } catch (StatementFailedException e) {
                // a lost server is told by the next statement, not by the Tab key
                current = new Names(System.nanoTime(), new TreeSet<>(), new TreeMap<>());
            }
            names = current;
        }
        return current;
    }

    /**
     * @param tables all spellings of sources and tables
     * @param columns by table name in lower case, in every spelling
     */
    private record Names(long readAt, SortedSet<String> tables, SortedMap<String, SortedSet<String>> columns) {
        static Names of(CatalogQueries catalog) {
            SortedSet<String> tables = new TreeSet<>();
            SortedMap<String, SortedSet<String>> columns = new TreeMap<>();
            for (TableLine table : catalog.tables()) {
                tables.add(table.source());
                tables.addAll(List.of(table.name(), table.shortName(), table.fullName()));
            }
            for (ColumnName column : catalog.columnNames()) {
                TableLine table = new TableLine(
                        column.source(), column.schema(), column.table(), "", Optional.empty(), Optional.empty());
                for (String name : List.of(table.name(), table.shortName(), table.fullName())) {
                    columns.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new TreeSet<>())
                            .add(column.column());
                }
            }
            return new Names(System.nanoTime(), tables, columns);
        }

        /** Columns of the tables that the statement names. */
        SortedSet<String> columnsOf(List<String> words) {
            SortedSet<String> found = new TreeSet<>();
            for (String word : words) {
                found.addAll(columns.getOrDefault(word.toLowerCase(Locale.ROOT), new TreeSet<>()));
            }
            return found;
        }

        /** {@code qualifier.column} for a qualifier that is a table's name or its alias in this statement. */
        List<String> qualified(String word, List<String> words) {
            String qualifier = word.substring(0, word.lastIndexOf('.'));
            SortedSet<String> own = columns.get(qualifier.toLowerCase(Locale.ROOT));
            SortedSet<String> known = own != null ? own : columnsOf(aliased(qualifier, words));
            return known.stream().map(column -> qualifier + "." + column).toList();
        }

        private static List<String> aliased(String alias, List<String> words) {
            for (int i = 1; i < words.size(); i++) {
                if (words.get(i).equalsIgnoreCase(alias)) {
                    String before = words.get(i - 1);
                    return List.of(before.equalsIgnoreCase("as") && i > 1 ? words.get(i - 2) : before);
                }
            }
            return List.of();
        }
    }
}
