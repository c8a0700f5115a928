package io.calque.nl2plan.ontology;

import io.calque.nl2plan.ontology.Meanings.Meaning;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the phrases of an ontology in a question, longest first, whatever their order and inflection. Stateless but for its input. */
final class OntologyRewriting {
    private static final int LONGEST = 7;
    private static final int REPEATS = 3;
    private static final Pattern WORD =
            Pattern.compile("'[^']*'(?!\\p{L})|\"[^\"]*\"|[\\p{L}\\p{N}_.&-]*[\\p{L}\\p{N}_]");
    private static final Pattern TOP = Pattern.compile(
            "(?i)\\b(?:top|best|biggest|leading|bottom|worst)(?:\\s+(?:\\d+|[a-z]+))?\\s+(?<who>\\p{L}+)");

    private static final Pattern BY = Pattern.compile("(?i)\\bby\\b");
    private static final String ENTRY = "(?:total |average |minimum |maximum )?entry_\\d+x";
    private static final Pattern LISTED = Pattern.compile(
            "(?i)^\\s*(?:who|what|which)\\s+(?:is|are)\\s+(?:on|in|among|part of)\\s+(?:the|our)\\s+(" + ENTRY + ")");

    private static final Pattern MEASURED =
            Pattern.compile("(?i)\\bhow(?:\\s+much)?(?:\\s+(?:was|were|is|are|did|do|does))?\\s+(" + ENTRY + ")");

    private static final Pattern OF = Pattern.compile("(?i)(" + ENTRY + ")\\s+(?:is|are|was|were)\\s+(?=[\\p{L}'\"])");

    /** "how long is it" asks for its length. */
    private static final Map<String, String> NOUN_OF = Map.ofEntries(
            Map.entry("long", "length"),
            Map.entry("old", "age"),
            Map.entry("high", "height"),
            Map.entry("tall", "height"),
            Map.entry("heavy", "weight"),
            Map.entry("wide", "width"),
            Map.entry("deep", "depth"),
            Map.entry("far", "distance"),
            Map.entry("fast", "speed"),
            Map.entry("big", "size"),
            Map.entry("large", "size"),
            Map.entry("expensive", "price"),
            Map.entry("strong", "strength"));

    private static final Pattern YEAR = Pattern.compile("\\{\\s*year\\s*(?:([+-])\\s*(\\d+)\\s*)?}");
    private static final Set<String> SMALL = Set.of("the", "a", "an", "of", "our", "in", "by", "on");
    private static final Set<String> AGGREGATES =
            Set.of("total", "sum", "average", "avg", "mean", "maximum", "max", "minimum", "min", "overall", "combined");

    private static final Set<String> BEFORE_CONDITION = Set.of("by", "via", "in", "is", "are", "was", "were", "be");

    private final Map<String, Meaning> byPhrase;
    private final List<String> units;
    private final Lexicon lexicon;

    OntologyRewriting(List<Meaning> meanings, List<String> units, Lexicon lexicon) {
        this.byPhrase = Meanings.byPhrase(meanings);
        this.units = units;
        this.lexicon = lexicon;
    }

    private record Word(String text, int start, int end) {
        boolean quoted() {
            return text.startsWith("'") || text.startsWith("\"");
        }

        String lower() {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    OntologyReading read(String question) {
        List<String> evidence = new ArrayList<>();
        Map<TableName, String> times = new HashMap<>();
        String text = ranked(question);
        // what a term means may again be said in words of the ontology
        for (int i = 0; i < REPEATS; i++) {
            String next = once(text, evidence, times);
            if (next.equals(text)) {
                break;
            }
            text = next;
        }
        return new OntologyReading(asked(text), evidence.stream().distinct().toList(), times);
    }

    /** "our top five customers" are ranked by the metric "rank of a customer", where there is one. */
    private String ranked(String question) {
        Matcher top = TOP.matcher(question);
        boolean open = top.find() && !BY.matcher(question).find();
        return open && byPhrase.containsKey(Lexicon.phrase("rank " + top.group("who")))
                ? question.replaceFirst("[.?!\\s]*$", "") + " by rank of " + top.group("who") + "?"
                : question;
    }

    /** "how popular is jazz" asks for the popularity of jazz, "who is on the staff" for a list. */
    private static String asked(String text) {
        String listed = LISTED.matcher(text).replaceFirst("List the $1");
        String figure = MEASURED.matcher(listed).replaceFirst("What is the $1");
        return OF.matcher(figure).replaceFirst("$1 for ");
    }

    private String once(String question, List<String> evidence, Map<TableName, String> times) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(question);
        while (matcher.find()) {
            words.add(new Word(matcher.group(), matcher.start(), matcher.end()));
        }
        StringBuilder text = new StringBuilder();
        int copied = 0;
        int i = 0;
        while (i < words.size()) {
            int length = longest(words, i);
            if (length == 0 && isHow(words, i)) {
                length = 1;
            }
            if (length == 0) {
                if (isUnit(words, i)) {
                    text.append(question, copied, words.get(i).start());
                    copied = words.get(i).end();
                }
                i++;
                continue;
            }
            Meaning meaning = Objects.requireNonNull(
                    isHow(words, i)
                            ? byPhrase.get(nounOf(words.get(i)))
                            : byPhrase.get(phrase(words.subList(i, i + length))));
            if (isSaidAlready(question, words.get(i).start(), meaning)) {
                i += length;
                continue;
            }
            String said = question.substring(
                    words.get(i).start(), words.get(i + length - 1).end());
            evidence.add("'" + said + "' is " + meaning.evidence());
            times.putAll(meaning.time());
            if (meaning.instead().filter(w -> YEAR.matcher(w).find()).isPresent()) {
                // a year that is not the calendar's: "fiscal year 2012"
                Optional<Integer> year = year(words, i + length);
                if (year.isEmpty()) {
                    i += length;
                    continue;
                }
                int from = before(words, i);
                text.append(question, copied, words.get(from).start());
                text.append(ofYear(meaning.instead().get(), year.get()));
                copied = words.get(i + length).end();
                i += length + 1;
                continue;
            }
            if (meaning.instead().isPresent()) {
                text.append(question, copied, words.get(i).start());
                text.append(instead(meaning, words, i, length));
                copied = words.get(i + length - 1).end();
            }
            i += length;
        }
        return text.append(question.substring(copied)).toString();
    }

    /** What a term means may hold its own word: "region" is "region of customer". */
    private static boolean isSaidAlready(String question, int at, Meaning meaning) {
        return meaning.instead()
                .filter(text -> question.regionMatches(true, at, text, 0, text.length()))
                .isPresent();
    }

    private boolean isHow(List<Word> words, int at) {
        return at > 0 && words.get(at - 1).lower().equals("how") && byPhrase.containsKey(nounOf(words.get(at)));
    }

    private static String nounOf(Word adjective) {
        return Lexicon.phrase(NOUN_OF.getOrDefault(adjective.lower(), adjective.lower()));
    }

    private static Optional<Integer> year(List<Word> words, int at) {
        return at < words.size() && words.get(at).text().matches("(?:19|20)\\d\\d")
                ? Optional.of(Integer.valueOf(words.get(at).text()))
                : Optional.empty();
    }

    /** "in fiscal year 2012": the text instead has its own preposition. */
    private static int before(List<Word> words, int at) {
        boolean the = at > 0 && words.get(at - 1).lower().equals("the");
        int first = the ? at - 1 : at;
        boolean in = first > 0
                && Set.of("in", "during", "for", "of")
                        .contains(words.get(first - 1).lower());
        return in ? first - 1 : at;
    }

    private static String ofYear(String text, int year) {
        return YEAR.matcher(text).replaceAll(found -> {
            int by = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
            return String.valueOf("-".equals(found.group(1)) ? year - by : year + by);
        });
    }

    private int longest(List<Word> words, int from) {
        if (SMALL.contains(words.get(from).lower())) {
            return 0;
        }
        for (int length = Math.min(LONGEST, words.size() - from); length > 0; length--) {
            List<Word> some = words.subList(from, from + length);
            boolean ends = SMALL.contains(some.get(length - 1).lower());
            if (!ends && some.stream().noneMatch(Word::quoted) && byPhrase.containsKey(phrase(some))) {
                return length;
            }
        }
        return 0;
    }

    private static String phrase(List<Word> words) {
        return Lexicon.phrase(String.join(" ", words.stream().map(Word::text).toList()));
    }

    private boolean isUnit(List<Word> words, int i) {
        return i > 0
                && words.get(i - 1).text().matches("\\d[\\d,.]*")
                && units.stream()
                        .anyMatch(u -> Lexicon.phrase(u)
                                .equals(Lexicon.phrase(words.get(i).text())));
    }

    private String instead(Meaning meaning, List<Word> words, int from, int length) {
        String word = meaning.instead().orElseThrow();
        if (meaning.aggregate().isPresent()) {
            boolean said = from > 0 && AGGREGATES.contains(words.get(from - 1).lower());
            return said ? word : meaning.aggregate().get() + " " + word;
        }
        if (meaning.rows().isEmpty()) {
            return word;
        }
        TableDescriptor table = meaning.rows().get();
        String last = words.get(from + length - 1).lower();
        boolean namesTable = names(table, List.of(last));
        boolean condition =
                from > 0 && BEFORE_CONDITION.contains(words.get(from - 1).lower());
        if (!namesTable && (condition || namedElsewhere(table, words, from, length))) {
            return word;
        }
        String noun = String.join(" ", lexicon.spelledOut(table));
        return word + " " + noun + (last.endsWith("s") && !noun.endsWith("s") ? "s" : "");
    }

    private boolean namedElsewhere(TableDescriptor table, List<Word> words, int from, int length) {
        for (int i = 0; i < words.size(); i++) {
            boolean within = i >= from && i < from + length;
            if (!within && names(table, List.of(words.get(i).lower()))) {
                return true;
            }
            boolean pairWithin = i + 1 >= from && i < from + length;
            if (i + 1 < words.size()
                    && !pairWithin
                    && names(
                            table,
                            List.of(words.get(i).lower(), words.get(i + 1).lower()))) {
                return true;
            }
        }
        return false;
    }

    private boolean names(TableDescriptor table, List<String> words) {
        return lexicon.find(words).stream()
                .anyMatch(l -> l instanceof Link.ToTable t
                        && t.score() > 0.7
                        && t.table().name().equals(table.name()));
    }
}
