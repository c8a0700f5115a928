package io.calque.app.evaluation;

import io.calque.nl2plan.formula.FormulaText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of the business, written as a sentence, defines.
 *
 * <pre>
 * TSC = Total Sales Count                                    an abbreviation, and its words
 * AR (activity ratio) = active users / users * 100           an abbreviation, its words, and a formula
 * retention rate is defined as A divided by B                words, and a formula
 * revenue refers to the sum of sale_price                    words, and other words
 * active means status = 'active'                             words, and a condition
 * to get the success rate, ..., calculate the percentage of  words, and how they are computed
 * </pre>
 *
 * Whatever else a sentence advises is for people who write queries. Stateless.
 */
final class EvidenceReader {
    private static final String EQUALS =
            "(?:=|:|\\b(?:is|are) (?:defined|calculated|computed|measured|given) (?:as|by)\\b|\\bmeans\\b|"
                    + "\\bstands for\\b|\\brefers? to\\b|\\bis the\\b|\\bis\\b)";
    /** Marks of an abbreviation: more than one capital. */
    private static final Pattern ABBREVIATION = Pattern.compile(
            "^\\s*([A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*)\\s*(?:\\(([^)]+)\\))?\\s*" + EQUALS + "\\s*(.+)$");

    private static final Pattern WORDS = Pattern.compile(
            "^\\s*(?:the |an? )?([\\p{L}][\\p{L}\\- ]{2,40}?)\\s*(?:=|\\b(?:is|are) (?:defined|calculated|computed|measured) (?:as|by)\\b|"
                    + "\\bmeans\\b|\\bstands for\\b|\\brefers? to\\b)\\s*(.+)$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HOW = Pattern.compile(
            "^\\s*to (?:get|calculate|compute|find|determine) (?:the )?(.+?)(?: (?:per|for each|of each|by) [\\w ]+)?,"
                    + ".*\\b(?:calculate|compute|use|take) (?:the )?((?:percentage|share|proportion|ratio|average|difference)\\b.+)$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SENTENCE = Pattern.compile("(?<=[\\p{L}\\d)'\"])[.;](?:\\s+|$)|\\n");

    /** What a definition says beside what it defines, and the question says anyway. */
    private static final Pattern ASIDE =
            Pattern.compile("(?i)\\s+(?:in the|who|which|that|for|from|during|ordered by|over the)\\b.*|[,(].*");

    private static final Pattern AFTER_FORMULA = Pattern.compile(
            "(?i)(?:,\\s*(?:where|with|rounded|for)\\b|\\s+(?:for each|for every|for all|per each)\\b).*");

    /** Times and joins in SQL are advice. */
    private static final Pattern ADVICE =
            Pattern.compile("(?i)\\b(?:CURRENT_DATE|INTERVAL|DATE_TRUNC|NOW|JOIN|SELECT|FROM\\s+\\w+\\s+JOIN)\\b");

    private EvidenceReader() {}

    /**
     * @param means other words, a formula of words, or a condition
     */
    record Definition(String name, List<String> synonyms, String means) {
        Definition {
            synonyms = List.copyOf(synonyms);
        }
    }

    static List<Definition> read(String evidence) {
        List<Definition> found = new ArrayList<>();
        for (String sentence : SENTENCE.split(evidence)) {
            sentence(sentence.strip()).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Definition> sentence(String sentence) {
        Matcher abbreviation = ABBREVIATION.matcher(sentence);
        if (abbreviation.matches()) {
            return abbreviated(abbreviation.group(1), abbreviation.group(2), abbreviation.group(3));
        }
        Matcher how = HOW.matcher(sentence);
        if (how.matches()) {
            return Optional.of(
                    new Definition(how.group(1).strip(), List.of(), how.group(2).strip()));
        }
        Matcher words = WORDS.matcher(sentence);
        if (!words.matches() || ADVICE.matcher(words.group(2)).find()) {
            return Optional.empty();
        }
        String means = words.group(2).strip();
        boolean condition = EvidenceCondition.isCondition(means);
        Optional<String> formula = formula(means);
        boolean sum = means.matches("(?i)(?:the )?(?:total|sum|number|count|average|percentage|share)\\b.*");
        return condition || formula.isPresent() || sum
                ? Optional.of(new Definition(
                        words.group(1).strip(), List.of(), formula.orElse(condition ? means : plain(means))))
                : Optional.empty();
    }

    private static Optional<Definition> abbreviated(String name, @Nullable String words, String rest) {
        List<String> synonyms =
                words == null ? List.of() : List.of(words.strip().toLowerCase(Locale.ROOT));
        // "X = what it is called = how it is computed"
        String last = rest.substring(rest.lastIndexOf('=') + 1);
        Optional<String> formula = ADVICE.matcher(last).find() ? Optional.empty() : formula(last);
        if (formula.isPresent()) {
            return Optional.of(new Definition(name, synonyms, formula.get()));
        }
        String means = words == null ? plain(rest) : words.strip();
        return means.isBlank() || means.equals(name)
                ? Optional.empty()
                : Optional.of(new Definition(name, List.of(), means));
    }

    private static Optional<String> formula(String text) {
        String plain = AFTER_FORMULA.matcher(text.strip()).replaceFirst("");
        return FormulaText.read(plain).map(formula -> plain);
    }

    /** "rank ... ordered by" is no aside: the order makes the rank. */
    private static String plain(String words) {
        boolean rank = words.matches("(?i).*\\brank\\b.*");
        String text =
                rank ? words.replaceFirst("[,(].*", "") : ASIDE.matcher(words).replaceFirst("");
        return text.strip().replaceFirst("(?i)^the ", "");
    }
}
