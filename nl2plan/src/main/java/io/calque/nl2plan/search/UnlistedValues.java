package io.calque.nl2plan.search;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.question.ValueLookup.Found;
import io.calque.spi.question.ValueLookup.Place;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names in a question that no list of values has, and the columns whose lists are not whole: what is worth a look at the source. A column is
 * looked into where that is cheap, as a small table's or one that an index begins with. Immutable, thread-safe.
 */
public final class UnlistedValues {
    private static final int MOST_PLACES = 12;
    private static final int MOST_WORDS = 12;
    private static final int LONGEST_NAME = 6;
    private static final int NAME = 2;
    private static final double SMALL_TABLE = 50_000;
    private static final Set<String> NAMES = Set.of(
            "name", "titl", "label", "email", "mail", "compani", "author", "code", "number", "sku", "phone", "login");
    private static final Set<String> PROSE =
            Set.of("comment", "descript", "note", "remark", "detail", "text", "bodi", "password", "hash", "token");

    private static final Pattern QUOTED = Pattern.compile(
            "[\"“”]([^\"“”]+)[\"“”]|(?<![\\p{L}\\p{N}])['‘]([^'‘’]+(?:['’]\\p{L}[^'‘’]*)*)['’](?!\\p{L})");
    private static final String CAPITAL = "\\p{Lu}[\\p{L}\\p{N}.'’@&/+-]*";
    private static final Pattern CAPITALS = Pattern.compile("(?<![\\p{L}\\p{N}])" + CAPITAL
            + "(?:\\s+(?:(?:of|the|to|and|in|on|de|van|von|der|la|le)\\s+)*" + CAPITAL + ")*");
    private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\p{L}");

    private final Lexicon lexicon;
    private final List<TableDescriptor> tables;

    /**
     * @param tables that the asker may read
     */
    public UnlistedValues(Lexicon lexicon, List<TableDescriptor> tables) {
        this.lexicon = lexicon;
        this.tables = List.copyOf(tables);
    }

    /** What the question may call by name and no list has; empty for most questions. */
    public List<String> words(String question) {
        Set<String> words = new LinkedHashSet<>();
        Matcher quoted = QUOTED.matcher(question);
        while (quoted.find()) {
            String text = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
            add(text, words);
            List<String> parts = List.of(text.strip().split("\\s+"));
            if (words.contains(text.strip()) && parts.size() == NAME) {
                // a first and a last name stand in columns of their own
                parts.forEach(part -> add(part, words));
            }
        }
        Matcher address = ADDRESS.matcher(question);
        while (address.find()) {
            add(address.group(), words);
        }
        Matcher capitals = CAPITALS.matcher(question);
        while (capitals.find()) {
            boolean begins = question.substring(0, capitals.start()).isBlank()
                    || question.substring(0, capitals.start()).matches("(?s).*[.?!]\\s+");
            List<String> run =
                    List.of(capitals.group().replaceAll("['’]s?$|[.]$", "").split("\\s+"));
            // the first word of a sentence has a capital whatever it is
            run = begins ? run.subList(1, run.size()) : run;
            parts(run, words);
        }
        return words.stream().limit(MOST_WORDS).toList();
    }

    /** The whole run, and its words: a first and a last name stand in columns of their own. */
    private void parts(List<String> run, Set<String> words) {
        if (run.isEmpty() || run.size() > LONGEST_NAME) {
            return;
        }
        int before = words.size();
        add(String.join(" ", run), words);
        if (words.size() > before && run.size() > 1) {
            run.stream().filter(w -> Character.isUpperCase(w.charAt(0))).forEach(w -> add(w, words));
        }
    }

    private void add(String name, Set<String> words) {
        List<String> own = QuestionText.words(name);
        boolean known = own.isEmpty()
                || !lexicon.certain(own).isEmpty()
                || lexicon.find(own).stream().anyMatch(link -> link.score() > 0.9);
        if (!known && name.length() > 1) {
            words.add(name.strip());
        }
    }

    /** Where to look, what the question speaks of first. */
    public List<Place> places(String question) {
        Set<String> stems = Set.copyOf(QuestionText.stems(question));
        record Ranked(Place place, int rank) {}
        List<Ranked> ranked = new ArrayList<>();
        for (TableDescriptor table : tables) {
            boolean named = lexicon.words(table).stream()
                    .anyMatch(w ->
                            stems.contains(w) || lexicon.similarTo(w).stream().anyMatch(stems::contains));
            for (ColumnDescriptor column : table.columns()) {
                List<String> words = lexicon.words(table, column);
                if (isUnlisted(table, column) && words.stream().noneMatch(PROSE::contains)) {
                    boolean name = words.stream().anyMatch(NAMES::contains);
                    boolean said = words.stream().anyMatch(stems::contains);
                    ranked.add(new Ranked(
                            new Place(table.name(), column.name()), (named ? 4 : 0) + (said ? 2 : 0) + (name ? 1 : 0)));
                }
            }
        }
        return ranked.stream()
                .filter(r -> r.rank() > 0)
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .reversed()
                        .thenComparing(r -> r.place().table())
                        .thenComparing(r -> r.place().column()))
                .limit(MOST_PLACES)
                .map(Ranked::place)
                .toList();
    }

    /** Whether a column has values that no list has, and can be looked into without reading a large table. */
    private static boolean isUnlisted(TableDescriptor table, ColumnDescriptor column) {
        if (column.type().kind() != TypeKind.VARCHAR || column.nativeType().equals("computed")) {
            return false;
        }
        ColumnStatistics statistics = table.statistics().column(column.name());
        long listed = Stream.concat(
                        statistics.samples().stream(),
                        statistics.mostCommon().stream().map(ColumnStatistics.CommonValue::value))
                .distinct()
                .count();
        boolean whole = statistics.distinctCount().isPresent()
                && listed >= statistics.distinctCount().getAsDouble();
        boolean small = table.statistics().rowCount().orElse(Double.MAX_VALUE) <= SMALL_TABLE;
        boolean indexed = table.indexes().stream()
                .filter(index -> index.condition().isEmpty() && !index.columns().isEmpty())
                .map(index -> index.columns().get(0))
                .anyMatch(first -> !first.expression() && first.name().equals(column.name()));
        return !whole && (small || indexed);
    }

    /** As links, which a lexicon takes. */
    public List<Link.ToValue> links(List<Found> found) {
        List<Link.ToValue> links = new ArrayList<>();
        for (Found value : found) {
            for (TableDescriptor table : tables) {
                if (table.name().equals(value.place().table())) {
                    table.column(value.place().column())
                            .ifPresent(column -> links.add(new Link.ToValue(table, column, value.value(), 1)));
                }
            }
        }
        return links;
    }
}
