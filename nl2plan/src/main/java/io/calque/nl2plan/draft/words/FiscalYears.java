package io.calque.nl2plan.draft.words;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Years that a question says begin in another month: "our fiscal year 1995 ran from the first of October 1994", "the fiscal year begins in April". What is said of
 * them is taken out, and the year is said by its days. Stateless.
 */
public final class FiscalYears {
    private static final String MONTHS =
            "(january|february|march|april|may|june|july|august|september|october|november|december)";
    private static final String YEAR = "(?:fiscal|financial|business|accounting) year";
    private static final Pattern NAMED = Pattern.compile("(?i)\\b" + YEAR + "(?: of)? (\\d{4})\\b");
    private static final Pattern BEGINS = Pattern.compile("(?i)[,;(]?\\s*\\b(?:which |that |where |(?:our|the|a) "
            + YEAR
            + "s? (?:\\d{4} )?|it )?(?:ran|runs|run|starts?|started|begins?|began)\\s+(?:on |in |from )?(?:the )?(?:1st |first |1 )?(?:day )?(?:of |in )?"
            + MONTHS + "(?: 1(?:st)?)?,?(?: (\\d{4}))?(?:\\s+(?:to|until|through)\\s+(?:the end of\\s+)?(?:\\d+ )?"
            + MONTHS
            + "(?: \\d+)?(?: \\d{4})?)?\\)?[.,;]?");

    private FiscalYears() {}

    /** The question with its fiscal years told by their days; unchanged where it does not say when they begin. */
    public static String told(String question) {
        Matcher begins = BEGINS.matcher(question);
        Matcher named = NAMED.matcher(question);
        if (!named.find() || !begins.find()) {
            return question;
        }
        int year = Integer.parseInt(named.group(1));
        int month = List.of(MONTHS.substring(1, MONTHS.length() - 1).split("\\|"))
                        .indexOf(begins.group(1).toLowerCase(Locale.ROOT))
                + 1;
        // named after the year it ends in, unless it is said to begin in it
        int first = begins.group(2) != null ? Integer.parseInt(begins.group(2)) : month == 1 ? year : year - 1;
        String span = "between " + day(first, month) + " and "
                + java.time.LocalDate.of(first, month, 1).plusYears(1).minusDays(1);
        String rest = begins.replaceFirst(begins.group().matches("(?s).*[.;]$") ? " . " : " ");
        Matcher said = NAMED.matcher(rest);
        boolean again = said.find();
        String plain = again
                ? rest.substring(0, said.start()).replaceFirst("(?i)\\b(in|during|for|of|over) (our |the )?$", "")
                        + span
                        + rest.substring(said.end())
                : rest.replaceFirst("(?i)\\b(in|during|within) (it|that year)\\b", span);
        return plain.replaceFirst("^[\\s.;]+", "");
    }

    private static String day(int year, int month) {
        return java.time.LocalDate.of(year, month, 1).toString();
    }
}
