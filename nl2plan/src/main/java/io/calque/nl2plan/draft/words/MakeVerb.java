package io.calque.nl2plan.draft.words;

import java.util.List;
import java.util.Set;

/** "make" as a verb of the grammar, where a column or a value is called so, too: "did each of them make", "the profits companies make". */
final class MakeVerb {
    /** Forms of a verb that stand for no column, whatever one is called. */
    private static final Set<String> FORMS = Set.of("made", "makes", "making");

    private MakeVerb() {}

    /** Whether a word is a form of the verb that names nothing. */
    static boolean isForm(Token token) {
        return FORMS.contains(token.lower());
    }

    /** "did each of them make" is no column make. */
    static boolean isAuxiliary(List<Token> tokens, int i) {
        if (!tokens.get(i).lower().equals("make")) {
            return false;
        }
        boolean ends = i + 1 == tokens.size() || tokens.get(i + 1).kind() == Token.Kind.STOP;
        if (ends && i > 0 && tokens.get(i - 1).lower().endsWith("s")) {
            // "the profits companies make"
            return true;
        }
        for (int before = Math.max(0, i - 4); before < i; before++) {
            if (tokens.get(before).lower().matches("do|does|did|to|can|will")) {
                return true;
            }
        }
        return false;
    }
}
