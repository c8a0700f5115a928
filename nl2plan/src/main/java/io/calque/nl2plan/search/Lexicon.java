package io.calque.nl2plan.search;

import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names and values of a catalog by their words: the first tier of search, exact and by synonym. Immutable, thread-safe; made once a
 * catalog version.
 */
public final class Lexicon {
    private static final double THRESHOLD = 0.45;
    private static final double PEOPLE = 0.9;
    private static final int LONGEST_VALUE = 60;
    /** A description of so few words is what its rows are called. */
    private static final int LABEL = 4;
    /** Of a table in a role: which it is. */
    public static final String ROLE_OF = "nl2plan.role_of";

    /** A column holds countries where so much of its values are. */
    private static final double COUNTRIES = 0.5;

    private static final Set<String> SMALL = Set.of("the", "a", "an", "of", "our");

    private static final Set<String> PROSE = Set.of("comment", "descript", "note", "remark", "detail", "text", "bodi");

    private static final Set<String> SEX = Set.of("sex", "gender");
    private static final Map<String, List<String>> SEXES = Map.of(
            "f",
            List.of("female", "woman"),
            "m",
            List.of("male", "man"),
            "female",
            List.of("woman"),
            "male",
            List.of("man"));

    private final Thesaurus thesaurus;
    private final List<TableWords> tables = new ArrayList<>();
    private final Map<TableName, TableWords> byName = new HashMap<>();
    private final Map<String, List<Link.ToValue>> values = new HashMap<>();
    private final EnglishWords english;
    private final NamedLinks named;
    private final WordPlaces places;
    private final GluedWords glued;
    private final NameFit fit;

    private record TableWords(
            TableDescriptor table, List<String> stems, List<String> words, List<ColumnWords> columns) {}

    private record ColumnWords(ColumnDescriptor column, List<String> stems, List<String> words) {}

    public Lexicon(List<TableDescriptor> readable, Thesaurus thesaurus) {
        this(readable, thesaurus, NamedLinks.NONE);
    }

    /**
     * @param named what somebody wrote down: where it says what words mean, nothing else is looked for
     */
    public Lexicon(List<TableDescriptor> readable, Thesaurus thesaurus, NamedLinks named) {
        this(readable, thesaurus, named, true);
    }

    /** The names alone, without values. */
    static Lexicon ofNames(List<TableDescriptor> tables, Thesaurus thesaurus) {
        return new Lexicon(tables, thesaurus, NamedLinks.NONE, false);
    }

    private Lexicon(List<TableDescriptor> readable, Thesaurus thesaurus, NamedLinks named, boolean withValues) {
        this.thesaurus = thesaurus;
        this.fit = new NameFit(thesaurus);
        this.named = named;
        this.english = new EnglishWords();
        List<String> names = new ArrayList<>();
        readable.forEach(t -> {
            names.add(t.name().table());
            t.columns().forEach(c -> names.add(c.name()));
        });
        NameWords words = new NameWords(thesaurus, names);
        this.glued = new GluedWords(words, names);
        Map<String, List<String>> bySchema = new HashMap<>();
        readable.forEach(
                t -> bySchema.computeIfAbsent(t.name().source() + "." + t.name().schema(), s -> new ArrayList<>())
                        .add(t.name().table()));
        // of tables that are spread over sources, too few stand together to tell what they share
        String everywhere =
                words.commonPrefix(readable.stream().map(t -> t.name().table()).toList());
        Map<String, Map<String, List<String>>> nicknames = new HashMap<>();
        Map<TableName, String> owns = new HashMap<>();
        for (TableDescriptor table : readable) {
            String schema = table.name().source() + "." + table.name().schema();
            List<String> siblings = bySchema.getOrDefault(schema, List.of());
            String prefix = siblings.size() < NameWords.SIBLINGS ? everywhere : words.commonPrefix(siblings);
            String own = own(table.name().table(), prefix);
            owns.put(table.name(), own);
            // bk_px_id of a table whose columns begin with bk_ is the id of the table whose columns begin with px_
            words.nickname(prefix(words, table))
                    .ifPresent(n -> nicknames
                            .computeIfAbsent(schema, s -> new HashMap<>())
                            .putIfAbsent(n, words.ofTable(own)));
        }
        for (TableDescriptor table : readable) {
            String schema = table.name().source() + "." + table.name().schema();
            Map<String, List<String>> known = nicknames.computeIfAbsent(schema, s -> new HashMap<>());
            words.shortened(table, bySchema.getOrDefault(schema, List.of())).forEach(known::putIfAbsent);
        }
        for (TableDescriptor table : readable) {
            String own = owns.getOrDefault(table.name(), table.name().table());
            Map<String, List<String>> shorts = nicknames.getOrDefault(
                    table.name().source() + "." + table.name().schema(), Map.of());
            tables.add(new TableWords(
                    table, stems(words.ofTable(own)), words.ofTable(own), columns(words, table, shorts)));
        }
        tables.forEach(t -> byName.put(t.table().name(), t));
        this.places = new WordPlaces(tables.stream()
                .map(t -> Stream.concat(t.stems().stream(), t.columns().stream().flatMap(c -> c.stems().stream()))
                        .collect(Collectors.toSet()))
                .toList());
        tables.forEach(t -> {
            english.add(t.words());
            t.columns().forEach(c -> english.add(c.words()));
        });
        if (withValues) {
            readable.forEach(this::addValues);
        }
    }

    private Lexicon(Lexicon other, NamedLinks named) {
        this.thesaurus = other.thesaurus;
        this.fit = other.fit;
        this.tables.addAll(other.tables);
        this.places = other.places;
        this.glued = other.glued;
        this.english = other.english;
        this.byName.putAll(other.byName);
        this.values.putAll(other.values);
        this.named = named;
    }

    private Optional<TableWords> wordsOf(TableDescriptor table) {
        return Optional.ofNullable(byName.get(table.name()));
    }

    /** A name with its words as stems; of a table where there is no column. */
    record Named(TableDescriptor table, Optional<ColumnDescriptor> column, List<String> stems, List<String> words) {}

    Stream<Named> names() {
        return tables.stream()
                .flatMap(t -> Stream.concat(
                        Stream.of(new Named(t.table(), Optional.empty(), t.stems(), t.words())),
                        t.columns().stream()
                                .map(c -> new Named(t.table(), Optional.of(c.column()), c.stems(), c.words()))));
    }

    /** Whether a stem, or one of about its meaning, is part of any name. */
    boolean knows(String stem) {
        return !places.of(stem, thesaurus).isEmpty();
    }

    /** What is written down of words, and the values that they name. */
    List<Link> certain(List<String> words) {
        String key = key(String.join(" ", words));
        List<Link> said = named.find(key);
        return said.isEmpty() ? List.copyOf(values.getOrDefault(key, List.of())) : said;
    }

    Set<String> similarTo(String stem) {
        return thesaurus.similarTo(stem);
    }

    /** The same names with other meanings written down. */
    public Lexicon with(NamedLinks other) {
        return new Lexicon(this, other);
    }

    /** The values that are known, as their sources spell them. */
    public Set<String> valueTexts() {
        Set<String> texts = new TreeSet<>();
        values.values().forEach(links -> links.forEach(link -> texts.add(link.value())));
        return texts;
    }

    /** The same names with more values. */
    public Lexicon withValues(List<Link.ToValue> more) {
        Lexicon larger = new Lexicon(this, named);
        for (Link.ToValue link : more) {
            List<Link.ToValue> both = new ArrayList<>(larger.values.getOrDefault(key(link.value()), List.of()));
            if (!both.contains(link)) {
                both.add(link);
            }
            larger.values.put(key(link.value()), both);
        }
        return larger;
    }

    /** The column of dates that a time said of a table's rows means, where somebody wrote it down. */
    public Optional<String> time(TableDescriptor table) {
        return named.time(table.name());
    }

    private static String prefix(NameWords words, TableDescriptor table) {
        // what a store adds by itself, as MongoDB's _id, follows no habit of the others
        return words.commonPrefix(table.columns().stream()
                .map(ColumnDescriptor::name)
                .filter(name -> !name.startsWith("_"))
                .toList());
    }

    private static List<ColumnWords> columns(
            NameWords words, TableDescriptor table, Map<String, List<String>> nicknames) {
        String prefix = prefix(words, table);
        return table.columns().stream()
                .map(c -> {
                    List<String> own = words.of(own(c.name(), prefix), nicknames);
                    // "number of hosts" is said of Number_of_hosts, whose "of" no question needs to say
                    List<String> telling =
                            own.stream().filter(word -> !SMALL.contains(word)).toList();
                    return new ColumnWords(c, stems(telling.isEmpty() ? own : telling), own);
                })
                .toList();
    }

    private static String own(String name, String prefix) {
        boolean shared = name.length() > prefix.length() && name.regionMatches(true, 0, prefix, 0, prefix.length());
        return shared ? name.substring(prefix.length()) : name;
    }

    private static List<String> stems(List<String> words) {
        return words.stream().map(Stems::of).toList();
    }

    private void addValues(TableDescriptor table) {
        for (ColumnDescriptor column : table.columns()) {
            if (column.type().kind() != TypeKind.VARCHAR) {
                continue;
            }
            ColumnStatistics statistics = table.statistics().column(column.name());
            List<String> own = Stream.concat(
                            statistics.mostCommon().stream().map(ColumnStatistics.CommonValue::value),
                            // the bounds of a small table's histogram are its values
                            Stream.concat(statistics.histogram().stream(), statistics.samples().stream()))
                    .distinct()
                    .filter(value -> value.length() <= LONGEST_VALUE && !value.isBlank())
                    .toList();
            // words of running text mean nothing by themselves
            boolean prose = words(table, column).stream().anyMatch(PROSE::contains);
            if (prose && own.stream().anyMatch(value -> value.split(" ").length > LABEL)) {
                continue;
            }
            boolean countries = own.stream().filter(thesaurus::isCountry).count() >= COUNTRIES * own.size();
            own.forEach(value -> addValue(table, column, value, countries));
        }
    }

    /**
     * @param country whether the column holds countries: CA is Canada there, and California among states
     */
    private void addValue(TableDescriptor table, ColumnDescriptor column, String value, boolean country) {
        add(key(value), new Link.ToValue(table, column, value, 1));
        String unnumbered = value.replaceFirst("^\\d+\\s*[-.:)]\\s*", "");
        if (!unnumbered.equals(value) && !unnumbered.isBlank()) {
            add(key(unnumbered), new Link.ToValue(table, column, value, 0.95));
        }
        if (!value.contains(" ")) {
            Derivations.people(value)
                    .forEach(people -> add(key(people), new Link.ToValue(table, column, value, PEOPLE)));
        }
        List<String> sexes = SEXES.getOrDefault(value.toLowerCase(Locale.ROOT), List.of());
        if (!sexes.isEmpty() && words(table, column).stream().anyMatch(SEX::contains)) {
            sexes.forEach(sex -> add(key(sex), new Link.ToValue(table, column, value, 0.95)));
        }
        if (country) {
            thesaurus.country(value).stream()
                    .filter(spelling -> !spelling.equalsIgnoreCase(value))
                    .forEach(spelling -> add(key(spelling), new Link.ToValue(table, column, value, 0.9)));
        }
    }

    private void add(String key, Link.ToValue link) {
        List<Link.ToValue> known = values.computeIfAbsent(key, k -> new ArrayList<>());
        if (!known.contains(link)) {
            known.add(link);
        }
    }

    /** A phrase whatever its order, inflection and small words: equal for phrases of the same words. */
    public static String phrase(String text) {
        return java.util.Arrays.stream(key(text).split(" "))
                .filter(stem -> !SMALL.contains(stem))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    static String key(String text) {
        List<String> words = new ArrayList<>();
        for (String word :
                text.toLowerCase(Locale.ROOT).replaceAll("['’]s\\b", "").split("[^\\p{L}\\p{N}.]+")) {
            if (!word.isEmpty()) {
                words.add(Stems.of(word));
            }
        }
        return String.join(" ", words);
    }

    /** All that words in a row may mean, best first. */
    public List<Link> find(List<String> words) {
        List<Link> said = named.find(key(String.join(" ", words)));
        if (!said.isEmpty()) {
            return said;
        }
        List<String> stems = glued.apart(words, places).stream().map(Stems::of).toList();
        List<Link> links = new ArrayList<>();
        for (Link.ToValue value : values.getOrDefault(key(String.join(" ", words)), List.of())) {
            // "shipped" is no value SHIP
            boolean verb = words.size() == 1
                    && words.get(0).endsWith("ed")
                    && !value.value().toLowerCase(Locale.ROOT).strip().endsWith("ed");
            // "delivering" is no value Delivered
            boolean gerund = words.size() == 1
                    && words.get(0).endsWith("ing")
                    && value.value().toLowerCase(Locale.ROOT).strip().endsWith("ed");
            if (!verb && !gerund) {
                links.add(value);
            }
        }
        Set<String> wanted = new LinkedHashSet<>(stems);
        // every word must be found in a name or its table's, so the first one tells where to look
        for (int place : places.of(stems.isEmpty() ? "" : stems.get(0), thesaurus)) {
            TableWords table = tables.get(place);
            double tableScore = fit.name(wanted, table.stems());
            if (tableScore >= THRESHOLD) {
                links.add(new Link.ToTable(table.table(), tableScore));
            }
            for (ColumnWords column : table.columns()) {
                double score = fit.column(wanted, table.stems(), column.column(), column.stems());
                if (score >= THRESHOLD) {
                    links.add(new Link.ToColumn(table.table(), column.column(), score));
                }
            }
        }
        // "check in" is the column check_in before a status 'checked in'
        links.removeIf(link -> link instanceof Link.ToValue value
                && words.size() > 1
                && !value.value().equalsIgnoreCase(String.join(" ", words))
                && links.stream().anyMatch(l -> isNamed(l, value.table(), words)));
        links.sort(Comparator.comparingDouble(Link::score).reversed());
        return links;
    }

    private static boolean isNamed(Link link, TableDescriptor table, List<String> words) {
        return link instanceof Link.ToColumn column
                && column.table().name().equals(table.name())
                && column.column().name().equalsIgnoreCase(String.join("_", words));
    }

    /** What a word that no name explains is taken as; empty where general English does not say it either. */
    public Optional<Taken> taken(String word) {
        return english.taken(word, this::find)
                .or(() -> english.shortened(word, this::find))
                .or(() -> english.misspelled(word, this::find));
    }

    /** The words of a column's name, as stems, without what all its siblings share. */
    public List<String> words(TableDescriptor table, ColumnDescriptor column) {
        return wordsOf(table).stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.column().name().equals(column.name()))
                .findFirst()
                .map(ColumnWords::stems)
                .orElse(List.of());
    }

    /** The words of a column's name with abbreviations spelled out, without what all its siblings share. */
    public List<String> spelledOut(TableDescriptor table, ColumnDescriptor column) {
        return wordsOf(table).stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.column().name().equals(column.name()))
                .findFirst()
                .map(ColumnWords::words)
                .orElse(List.of());
    }

    /** Whether two stems mean about the same. */
    public boolean similar(String stem, String other) {
        return thesaurus.similar(stem, other);
    }

    /** The words of a table's name with abbreviations spelled out. */
    public List<String> spelledOut(TableDescriptor table) {
        return wordsOf(table).map(TableWords::words).orElse(List.of());
    }

    /** The words of a table's name, as stems. */
    public List<String> words(TableDescriptor table) {
        return wordsOf(table).map(TableWords::stems).orElse(List.of());
    }
}
