package io.calque.nl2plan.ask;

import io.calque.nl2plan.draft.RulePlanner;
import io.calque.nl2plan.ontology.Meanings;
import io.calque.nl2plan.ontology.OntologyReading;
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A conversation as one text: each turn a finished sentence on lines of its own. Stateless. */
final class Turns {
    private static final String BETWEEN = "(?<=[.?!])[ \\t]*\\R\\s*";

    private Turns() {}

    /** The turns that the last one leans on, and itself; at least one. */
    static List<String> of(String conversation) {
        List<String> turns = Arrays.stream(conversation.strip().split(BETWEEN, -1))
                .map(turn -> turn.replaceAll("\\R", " ").strip())
                .toList();
        int from = turns.size() - 1;
        while (from > 0 && leans(turns.get(from))) {
            from--;
        }
        return turns.subList(from, turns.size());
    }

    private static boolean leans(String turn) {
        return Meanings.isLevelTurn(turn) || RulePlanner.leans(turn);
    }

    /** The conversation so far with a further turn; the turn alone where it leans on nothing. */
    static String joined(String conversation, String turn) {
        String before = conversation.strip();
        return leans(turn) ? before + (before.matches("(?s).*[.?!]") ? "" : "?") + "\n" + turn.strip() : turn;
    }

    /** All turns in the words of the catalog, a line each. */
    static OntologyReading reading(List<String> turns, Meanings meanings) {
        List<String> read = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        Map<TableName, String> times = new HashMap<>();
        for (String turn : meanings.levelled(turns)) {
            OntologyReading reading = meanings.reading(turn);
            read.add(reading.question());
            evidence.addAll(reading.evidence());
            times.putAll(reading.times());
        }
        return new OntologyReading(
                String.join("\n", read), evidence.stream().distinct().toList(), times);
    }
}
