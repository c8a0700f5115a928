package io.calque.nl2plan.draft.words;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "How did sales in 2024 compare with the year before?": the figure of both years. Stateless. */
public final class YearsBeside {
    private static final String BESIDE =
            "(?:that (?:of|in|for) )?(?:the (?:year before|previous year|prior year|preceding year|year earlier)|(\\d{4}))\\b";
    private static final Pattern COMPARED = Pattern.compile(
            "(?i)\\bhow (?:did|does|do|has|have) (?:the |our )?(.+?) (?:in|of|for|during) (\\d{4}) compared? (?:with|to|against) "
                    + BESIDE);
    private static final Pattern BESIDE_ANOTHER = Pattern.compile(
            "(?i)\\b(?:in|for|during) (\\d{4}),? (?:compared (?:with|to)|versus|vs\\.?|against) " + BESIDE);

    private YearsBeside() {}

    /** The question with the years named. */
    public static String told(String question) {
        Matcher compared = COMPARED.matcher(question);
        if (compared.find()) {
            String years = years(compared.group(2), compared.group(3));
            return compared.replaceFirst(Matcher.quoteReplacement(compared.group(1) + " per year in " + years));
        }
        Matcher beside = BESIDE_ANOTHER.matcher(question);
        return beside.find()
                ? beside.replaceFirst(
                        Matcher.quoteReplacement("per year in " + years(beside.group(1), beside.group(2))))
                : question;
    }

    /** @param other null where the year before is meant */
    private static String years(String year, @org.jspecify.annotations.Nullable String other) {
        int first = other == null ? Integer.parseInt(year) - 1 : Integer.parseInt(other);
        return first + " and " + year;
    }
}
