package io.calque.nl2plan.draft.words;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question says of its own words: "Which parcels were late? A parcel is late when it arrives after the promised day" asks for the
 * parcels that arrive after the promised day. Stateless.
 */
public final class Definitions {
    private static final String CONDITION = " (?:when|if|whenever|where) (?<condition>[^?]+?)";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile(
                    "(?i)(?<=[.?!;])\\s*(?:(?:an?|the|each|every) )?\\w+(?: \\w+)? (?:is|are|counts? as|is considered|are considered|is called|are called)"
                            + " (?:to be )?[\"']?(?<term>[\\w-]+(?: [\\w-]+)?)[\"']?" + CONDITION
                            + "(?:\\.(?=\\s|$)|$)"),
            Pattern.compile(
                    "(?i)(?<=[.?!;])\\s*(?:here,? )?[\"']?(?<term>[\\w-]+(?: [\\w-]+)?)[\"']? means (?:that )?(?<condition>[^?]+?)(?:\\.(?=\\s|$)|$)"));
    private static final Pattern SUBJECT = Pattern.compile("(?i)^(?:it|they|he|she|(?:an?|the) \\w+) (?=\\w)");
    private static final Pattern POSSESSIVE = Pattern.compile("(?i)^(?:its|their|his|her) ");
    /** What stands between what is spoken of and the word. */
    private static final String VERBS =
            "(?:is|are|was|were|be|been|being|has been|have been|arrived?|came|come|comes|ran|run|count as)";

    private Definitions() {}

    /** The question with what its words are said to mean in their place. */
    public static String applied(String question) {
        for (Pattern form : FORMS) {
            Matcher definition = form.matcher(question);
            if (definition.find()) {
                String rest = question.substring(0, definition.start()) + " " + question.substring(definition.end());
                String replaced = replaced(rest.strip(), definition.group("term"), definition.group("condition"));
                if (!replaced.equals(rest.strip())) {
                    return replaced;
                }
            }
        }
        return question;
    }

    private static String replaced(String text, String term, String said) {
        String condition = Matcher.quoteReplacement(condition(said.strip()));
        String word = Pattern.quote(term.toLowerCase(Locale.ROOT));
        Pattern predicate = Pattern.compile(
                "(?i)\\b(?:(?:that|which|who) )?" + VERBS + " [\"']?" + word + "[\"']?(?=\\s*[,.?;)]|$)");
        Matcher predicative = predicate.matcher(text);
        if (predicative.find()) {
            return predicative.replaceAll(condition);
        }
        Pattern attribute = Pattern.compile("(?i)[\"']?\\b" + word + "[\"']? (\\w+)");
        return attribute.matcher(text).replaceAll("$1 " + condition);
    }

    private static String condition(String said) {
        Matcher possessive = POSSESSIVE.matcher(said);
        return possessive.find()
                ? possessive.replaceFirst("whose ")
                : "that " + SUBJECT.matcher(said).replaceFirst("");
    }
}
