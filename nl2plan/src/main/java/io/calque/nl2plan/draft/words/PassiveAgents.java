package io.calque.nl2plan.draft.words;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** "services that are provided by the stations": who did it, and nothing to group by. Stateless. */
final class PassiveAgents {
    private static final Pattern DONE = Pattern.compile(
            ".+ed|made|written|held|won|given|sung|built|taken|sold|run|drawn|led|driven|flown|worn|taught");
    /** After these, "by" says how rows are put. */
    private static final Set<String> PUT = Set.of(
            "sorted",
            "ordered",
            "ranked",
            "grouped",
            "listed",
            "arranged",
            "divided",
            "categorized",
            "classified",
            "separated",
            "organized",
            "summed",
            "based",
            "displayed",
            "counted",
            "aggregated",
            "added",
            "followed");

    private PassiveAgents() {}

    /** At "by": whether the rows of a plural that follows are said to have done what stands before. */
    static boolean at(List<Token> tokens, int by) {
        if (by == 0 || !tokens.get(by).lower().equals("by")) {
            return false;
        }
        String verb = tokens.get(by - 1).lower();
        boolean done = DONE.matcher(verb).matches() && !PUT.contains(verb);
        int of = by + 1;
        while (of < tokens.size() && tokens.get(of).lower().matches("all|the|of|different|any")) {
            of++;
        }
        String who = of < tokens.size() ? tokens.get(of).lower() : "";
        int last = of + 1;
        while (last < tokens.size()
                && last < of + 3
                && !who.endsWith("s")
                && tokens.get(last).kind() == Token.Kind.WORD) {
            who = tokens.get(last++).lower();
        }
        return done && of > by + 1 && who.matches(".*[^su]s");
    }
}
