package io.calque.nl2plan.render;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression with words for its signs; text in it stays as it is. Stateless. */
final class ExpressionWords {
    /** A literal, a quoted name, or what stands between such. */
    private static final Pattern PIECE = Pattern.compile("('(?:[^']|'')*')|\"((?:[^\"]|\"\")*)\"|([^'\"]+)");

    /** In order: what is longer stands before what it begins with. */
    private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

    static {
        word("\\s+IS NOT NULL\\b", " is known");
        word("\\s+IS NULL\\b", " is missing");
        word("\\s*<>\\s*", " is not ");
        word("\\s*>=\\s*DATE\\s*$", " is on or after ");
        word("\\s*<\\s*DATE\\s*$", " is before ");
        word("\\s*>=\\s*", " is at least ");
        word("\\s*<=\\s*", " is at most ");
        word("\\s*>\\s*", " is more than ");
        word("\\s*<\\s*", " is less than ");
        word("\\s*=\\s*", " is ");
        word("\\b(?:DATE|TIMESTAMP)\\s*$", "");
        word("\\bAND\\b", "and");
        word("\\bOR\\b", "or");
        word("\\bNOT\\b", "not");
        word("\\bIN\\s*\\(", "is one of (");
        word("\\bBETWEEN\\b", "is between");
        word("\\bI?LIKE\\b", "is like");
    }

    private ExpressionWords() {}

    private static void word(String sign, String word) {
        WORDS.put(Pattern.compile(sign), word);
    }

    static String of(String expression) {
        Matcher piece = PIECE.matcher(expression);
        StringBuilder words = new StringBuilder();
        while (piece.find()) {
            if (piece.group(1) != null) {
                words.append(piece.group(1));
            } else if (piece.group(2) != null) {
                words.append(piece.group(2).replace("\"\"", "\""));
            } else {
                words.append(said(piece.group(3)));
            }
        }
        return words.toString().strip();
    }

    private static String said(String signs) {
        String text = signs;
        for (Map.Entry<Pattern, String> word : WORDS.entrySet()) {
            text = word.getKey().matcher(text).replaceAll(Matcher.quoteReplacement(word.getValue()));
        }
        return text;
    }
}
