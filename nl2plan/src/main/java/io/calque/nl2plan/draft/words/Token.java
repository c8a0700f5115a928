package io.calque.nl2plan.draft.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A word, number, quotation or stop of a question.
 *
 * @param text as written, without its quotes
 */
public record Token(Kind kind, String text) {
    private static final Pattern PIECES =
            Pattern.compile("(?<quoted>(?<![\\p{L}\\p{N}])'[^']+'(?![\\p{L}\\p{N}])|\"[^\"]+\"|`[^`]+`|“[^”]+”)"
                    + "|(?<date>\\d{4}[-/]\\d{1,2}[-/]\\d{1,2})"
                    + "|(?<number>[$€£]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?\\s?%?)(?:st|nd|rd|th)?(?![\\p{L}\\p{N}])"
                    + "|(?<word>[\\p{L}\\p{N}][\\p{L}\\p{N}_]*(?:['’.&#-][\\p{L}\\p{N}_]+)*|\\.[a-z]{2,4}\\b)"
                    + "|(?<stop>[.?!;])|(?<comma>[,:()])");

    enum Kind {
        WORD,
        NUMBER,
        DATE,
        QUOTED,
        STOP,
        COMMA,
        /** Arithmetic, without its braces. */
        FORMULA
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The question's tokens; a possessive loses its s, and what stands in braces is one token. */
    public static List<Token> of(String question) {
        List<Token> tokens = new ArrayList<>();
        int from = 0;
        int depth = 0;
        for (int i = 0; i < question.length(); i++) {
            char c = question.charAt(i);
            if (c == '{' && depth++ == 0) {
                tokens.addAll(plain(question.substring(from, i)));
                from = i + 1;
            } else if (c == '}' && depth > 0 && --depth == 0) {
                tokens.add(new Token(Kind.FORMULA, question.substring(from, i)));
                from = i + 1;
            }
        }
        tokens.addAll(plain(question.substring(Math.min(from, question.length()))));
        return List.copyOf(tokens);
    }

    private static List<Token> plain(String question) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = PIECES.matcher(question);
        while (matcher.find()) {
            String text = matcher.group();
            if (matcher.group("quoted") != null) {
                tokens.add(new Token(Kind.QUOTED, text.substring(1, text.length() - 1)));
            } else if (matcher.group("date") != null) {
                tokens.add(new Token(Kind.DATE, text.replace('/', '-')));
            } else if (matcher.group("number") != null) {
                tokens.add(new Token(Kind.NUMBER, matcher.group("number").strip()));
            } else if (matcher.group("word") != null) {
                tokens.add(new Token(Kind.WORD, text.replaceAll("['’]s$", "").replace('’', '\'')));
            } else {
                tokens.add(new Token(matcher.group("stop") != null ? Kind.STOP : Kind.COMMA, text));
            }
        }
        return tokens;
    }

    /** The words from one place to before another as one text. */
    static String joined(List<Token> tokens, int from, int to) {
        return tokens.subList(from, to).stream().map(Token::text).collect(Collectors.joining(" "));
    }
}
