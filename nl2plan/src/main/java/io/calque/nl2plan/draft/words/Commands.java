package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.search.WordList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests to change something, which no question is: "Please cancel all of Ann's orders." Verbs: {@code commands.txt}. Immutable. */
public final class Commands {
    private static final String POLITE =
            "(?:(?:please|kindly|can you|could you|would you|will you|i want (?:you )?to|i would like (?:you )?to|i'd like (?:you )?to"
                    + "|(?:i|we|you) (?:need|have) (?:you )?to|let's|go ahead and)[, ]+)*";
    private static final String WHAT =
            "(?:the|all|every|each|a|an|any|my|our|your|their|his|her|its|this|that|these|those|them|him|it|me|us|everyone|everybody)\\b";

    private final Pattern command;

    private Commands(Set<String> verbs) {
        String verb = "(" + String.join("|", new TreeSet<>(verbs)) + ")";
        // a name may follow at once, which is told by its capital alone
        this.command = Pattern.compile("^\\W*(?i:" + POLITE + verb + "\\s+)(?:(?i:" + WHAT + ")|\\p{Lu})");
    }

    public static Commands load() {
        return new Commands(WordList.words("commands.txt"));
    }

    /** The verb that asks for a change; empty where the question only asks. */
    public Optional<String> in(String question) {
        Matcher matcher = command.matcher(question);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
