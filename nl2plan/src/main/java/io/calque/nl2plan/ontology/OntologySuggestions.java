package io.calque.nl2plan.ontology;

import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Thesaurus;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entries that somebody might want to write down: other names from comments, words behind abbreviations, codes that a comment explains.
 * Stateless; what it proposes is for people to judge.
 */
public final class OntologySuggestions {
    private static final int LONGEST_NAME = 4;
    /** "A = active, C: closed", "1 - low; 2 - high". */
    private static final Pattern CODE = Pattern.compile(
            "(?:^|[,;(\\n]|\\. )\\s*['\"]?([A-Za-z0-9_]{1,12})['\"]?\\s*(?:=|:|–| - |\\bmeans\\b|\\bis\\b)\\s*['\"]?([A-Za-z][A-Za-z ]{1,30})['\"]?");

    private static final Pattern CALLED = Pattern.compile(
            "(?i)(?:also (?:called|known as)|a\\.?k\\.?a\\.?|synonyms?:|or)\\s+['\"]?([A-Za-z][A-Za-z ]{1,30})['\"]?");

    private OntologySuggestions() {}

    /** Whatever the ontology does not have yet. */
    public static Ontology of(CatalogSnapshot catalog) {
        List<TableDescriptor> tables = catalog.sources().stream()
                .flatMap(s -> s.tables().stream())
                .filter(t -> t.kind() != TableKind.SYSTEM_TABLE)
                .toList();
        Lexicon lexicon = new Lexicon(tables, Thesaurus.load());
        Map<String, OntologyEntry> found = new LinkedHashMap<>();
        for (TableDescriptor table : tables) {
            String dotted = table.name().toString();
            add(found, term(shortened(table.comment(), table.name().table()), dotted, "", table.comment()));
            called(table.comment()).forEach(n -> add(found, term(n, dotted, "", table.comment())));
            for (ColumnDescriptor column : table.columns()) {
                String sql = quoted(column.name());
                add(found, term(shortened(column.comment(), column.name()), dotted, sql, column.comment()));
                called(column.comment()).forEach(n -> add(found, term(n, dotted, sql, column.comment())));
                String spelled = String.join(" ", lexicon.spelledOut(table, column));
                if (!plain(spelled).equals(plain(column.name()))
                        && !plain(table.name().table() + spelled).equals(plain(column.name()))) {
                    add(found, term(spelled, dotted, sql, ""));
                }
                codes(table, column).forEach(v -> add(found, v));
            }
        }
        Ontology known = catalog.ontology();
        return Ontology.of(found.values().stream()
                .filter(e -> !e.name().isBlank())
                .filter(e -> known.entries().stream().noneMatch(k -> k.isAbout(e)))
                .toList());
    }

    private static void add(Map<String, OntologyEntry> found, OntologyEntry entry) {
        found.putIfAbsent(entry.kind() + " " + entry.key(), entry);
    }

    private static Term term(String name, String table, String column, String comment) {
        return new Term(name, List.of(), List.of(), comment, "", table, column, "", "");
    }

    /** A comment that is a name rather than a sentence. */
    private static String shortened(String comment, String own) {
        String first = comment.split("[.;(,\\n]", 2)[0].strip();
        boolean name = !first.isEmpty()
                && first.split("\\s+").length <= LONGEST_NAME
                && first.matches("[\\p{L} -]+")
                && !plain(first).equals(plain(own));
        return name ? first.toLowerCase(Locale.ROOT) : "";
    }

    private static List<String> called(String comment) {
        List<String> names = new ArrayList<>();
        Matcher matcher = CALLED.matcher(comment);
        while (matcher.find()) {
            names.add(matcher.group(1).strip().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static List<ValueAlias> codes(TableDescriptor table, ColumnDescriptor column) {
        List<ValueAlias> aliases = new ArrayList<>();
        if (column.type().kind() != TypeKind.VARCHAR) {
            return aliases;
        }
        List<String> values = table.statistics().column(column.name()).mostCommon().stream()
                .map(ColumnStatistics.CommonValue::value)
                .toList();
        Matcher matcher = CODE.matcher(column.comment());
        while (matcher.find()) {
            String code = matcher.group(1);
            String meaning = matcher.group(2).strip().toLowerCase(Locale.ROOT);
            if (values.contains(code) && !meaning.equalsIgnoreCase(code)) {
                aliases.add(new ValueAlias(
                        table.name().toString(), quoted(column.name()), code, List.of(meaning), List.of()));
            }
        }
        return aliases;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String quoted(String column) {
        return column.matches("[a-z_][a-z0-9_]*") ? column : "\"" + column + "\"";
    }
}
