package io.calque.nl2plan.draft.conversation;

import io.calque.nl2plan.search.Lexicon;
import io.calque.spi.catalog.TableDescriptor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables as nouns, and these in the place of pronouns. Stateless but for the lexicon. */
public final class Nouns {
    private static final String THEM = "(?:them|those|these|the ones)";
    private static final Pattern OF_THEM =
            Pattern.compile("(?i)\\b(which|how many|any|some|all|who) of " + THEM + "\\b");
    private static final Pattern EACH_OF_THEM = Pattern.compile("(?i)\\b(each|every|one|any one) of " + THEM + "\\b");
    private static final Pattern BEST_OF_THEM = Pattern.compile(
            "(?i)\\b(?:what's|what is|which is|what are|who is|who's)?\\s*the (\\w+est|(?:most|least) \\w+|first|last) (?:one |ones )?of "
                    + THEM + "\\b");
    private static final Pattern WHICH_ARE_THEY = Pattern.compile(
            "(?i)\\b(?:which|what) (\\w+(?: \\w+)?) (?:are|is|were|was) (?:they|those|these|she|he|it) (?:by|from|in|on|of|at|with|for)\\b");
    private static final Pattern BESIDE_EACH = Pattern.compile("(?i)\\s+(?:on|in|of|from|by) it\\b");
    private static final Pattern THEY = Pattern.compile("(?i)\\b(?:they|" + THEM + ")\\b");
    private static final Pattern THEIR = Pattern.compile("(?i)\\b(?:their|his|her(?= \\w)|its)\\b");
    private static final Pattern SHE = Pattern.compile("(?i)\\b(?:she|he|him|her|it)\\b");

    private final Lexicon lexicon;

    public Nouns(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    String singular(TableDescriptor table) {
        String noun = String.join(" ", lexicon.spelledOut(table));
        if (noun.endsWith("ies")) {
            return noun.substring(0, noun.length() - 3) + "y";
        }
        return noun.endsWith("s") && !noun.endsWith("ss") ? noun.substring(0, noun.length() - 1) : noun;
    }

    String plural(TableDescriptor table) {
        String noun = singular(table);
        if (noun.matches(".*[^aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + (noun.matches(".*(?:s|x|z|ch|sh)") ? "es" : "s");
    }

    /** The question with the table's name in the place of the pronouns that stand for its rows. */
    String instead(String question, TableDescriptor table) {
        String many = Matcher.quoteReplacement(plural(table));
        String one = Matcher.quoteReplacement(singular(table));
        String text = question;
        if (EACH_OF_THEM.matcher(text).find()) {
            // "how many songs has each of those on it": whatever it is, they have it in common
            text = BESIDE_EACH.matcher(text).replaceAll("");
        }
        text = OF_THEM.matcher(text).replaceAll("$1 " + many);
        text = EACH_OF_THEM.matcher(text).replaceAll("$1 " + one);
        text = BEST_OF_THEM.matcher(text).replaceAll("What is the $1 " + one);
        text = WHICH_ARE_THEY.matcher(text).replaceAll("Which $1 have " + many);
        text = THEY.matcher(text).replaceAll(many);
        text = THEIR.matcher(text).replaceAll(one);
        return SHE.matcher(text).replaceAll("the " + one);
    }
}
