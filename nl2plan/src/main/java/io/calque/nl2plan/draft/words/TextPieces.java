package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.LikeKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** "the substring 'ab'", "has the letter B", "the word 'Old'": what is called a piece of text is one. Stateless. */
final class TextPieces {
    private static final Set<String> VERBS = Set.of(
            "contain",
            "contains",
            "containing",
            "include",
            "includes",
            "including",
            "have",
            "has",
            "having",
            "with",
            "uses",
            "using");
    private static final Set<String> ARTICLES = Set.of("the", "a", "an");
    private static final Set<String> PIECES = Set.of(
            "substring",
            "string",
            "word",
            "words",
            "letter",
            "letters",
            "character",
            "characters",
            "phrase",
            "text",
            "prefix",
            "suffix",
            "keyword");

    private TextPieces() {}

    /** @param end index of the first token after the words, where the text itself stands */
    record Found(Like like, int end) {}

    /** Words that begin here and say that the text behind them is a piece of what is looked for. */
    static Optional<Found> at(List<Token> tokens, int i) {
        int noun = VERBS.contains(lower(tokens, i)) ? i + 1 : i;
        int end = behindNoun(tokens, noun);
        if (end == noun || !isText(tokens, end)) {
            return Optional.empty();
        }
        LikeKind kind = switch (lower(tokens, end - 1)) {
            case "prefix" -> LikeKind.STARTS;
            case "suffix" -> LikeKind.ENDS;
            default -> LikeKind.CONTAINS;
        };
        return Optional.of(new Found(new Like(kind, text(tokens, i, end)), end));
    }

    /** After "starts with": where the text stands, behind "the letter" where that is said. */
    static int behindNoun(List<Token> tokens, int i) {
        int at = ARTICLES.contains(lower(tokens, i)) ? i + 1 : i;
        // "the French word 'vin'"
        at = !PIECES.contains(lower(tokens, at)) && PIECES.contains(lower(tokens, at + 1)) && at > i ? at + 1 : at;
        return PIECES.contains(lower(tokens, at)) && isText(tokens, at + 1) ? at + 1 : i;
    }

    /** Whether a token is a text of its own: in quotes, a letter, or a name in capitals. */
    static boolean isText(List<Token> tokens, int i) {
        return i < tokens.size()
                && (tokens.get(i).kind() == Token.Kind.QUOTED
                        || tokens.get(i).kind() == Token.Kind.WORD
                                && (tokens.get(i).text().length() == 1
                                        || Character.isUpperCase(
                                                tokens.get(i).text().charAt(0))));
    }

    private static String lower(List<Token> tokens, int i) {
        return i < tokens.size() && tokens.get(i).kind() == Token.Kind.WORD
                ? tokens.get(i).lower()
                : "";
    }

    private static String text(List<Token> tokens, int from, int to) {
        return String.join(
                " ", tokens.subList(from, to).stream().map(Token::text).toList());
    }
}
