package io.calque.nl2plan.draft.words;

import java.util.List;
import java.util.regex.Pattern;

/** What a question says of its own reading: bounds included or not, and how to join. Taken out before the words are read. */
public enum Asides {
    NONE,
    /** "excluding the current month": stretches back from today are whole units. */
    EXCLUDE_CURRENT;

    private static final Pattern CURRENT = Pattern.compile(
            "(?i)\\b(excluding|exclusive of|not including|without)\\s+(the\\s+)?current\\s+(day|week|month|quarter|year)");

    private static final List<Pattern> ASIDES = List.of(
            CURRENT,
            Pattern.compile("(?i)\\((both )?(inclusive|exclusive)[^)]*\\)"),
            Pattern.compile("(?i),?\\s*\\b(both )?inclusive(\\s+of\\s+[^.?;,)]*)?"),
            Pattern.compile("(?i),?\\s*\\bexclusive\\s+of\\s+[^.?;,)]*"),
            Pattern.compile(
                    "(?i),?\\s*\\b(by doing|by|based on|using)\\s+(a\\s+)?(left |inner |outer )?join(ing)?\\b[^.?;]*"),
            Pattern.compile("(?i)[.?!]\\s*(note that|represent)\\b[^.?;]*"));

    public static Asides of(String question) {
        return CURRENT.matcher(question).find() ? EXCLUDE_CURRENT : NONE;
    }

    /** Compounds that people write apart. */
    private static final Pattern SELLERS = Pattern.compile("(?i)\\bsales\\s+(rep|representative|person|agent)(s?)\\b");

    /** The question without them. */
    public static String removed(String question) {
        String text = SELLERS.matcher(question).replaceAll("salesperson$2");
        for (Pattern aside : ASIDES) {
            text = aside.matcher(text).replaceAll(" ");
        }
        return text;
    }
}
