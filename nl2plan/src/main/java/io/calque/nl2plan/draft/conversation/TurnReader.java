package io.calque.nl2plan.draft.conversation;

import io.calque.nl2plan.draft.words.Mention;
import java.util.List;

/** Reads the words of a turn. Thread-safe. */
public interface TurnReader {
    /**
     * A question.
     *
     * @param before the mentions of earlier turns: the tables that they name attract
     * @throws NotUnderstood when there is nothing to ask in it
     */
    Understanding read(String question, List<Mention> before);

    /** Some words, which need be no question. */
    List<Mention> mentions(String words);
}
