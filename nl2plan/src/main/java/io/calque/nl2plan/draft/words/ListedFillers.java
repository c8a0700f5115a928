package io.calque.nl2plan.draft.words;

import java.util.List;
import java.util.Set;

/** Words that mostly say nothing, and are asked for where they stand in a list: "the dates, places and names". Stateless. */
final class ListedFillers {
    private static final Set<String> NOUNS =
            Set.of("details", "detail", "information", "place", "places", "time", "times", "company", "home", "value");

    private ListedFillers() {}

    /** Whether a noun that says little by itself is one of several that are listed. */
    static boolean isListed(List<Token> tokens, int i) {
        return NOUNS.contains(tokens.get(i).lower())
                && (isJoin(tokens, i - 1) || isJoin(tokens, i + 1))
                && endsItem(tokens, i + 1);
    }

    private static boolean isJoin(List<Token> tokens, int i) {
        return i > 0
                && i < tokens.size()
                && (tokens.get(i).kind() == Token.Kind.COMMA
                        || tokens.get(i).lower().equals("and"));
    }

    private static boolean endsItem(List<Token> tokens, int i) {
        return i >= tokens.size()
                || tokens.get(i).kind() == Token.Kind.COMMA
                || tokens.get(i).kind() == Token.Kind.STOP
                || tokens.get(i).lower().matches("and|of|for");
    }
}
