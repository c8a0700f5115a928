package io.calque.nl2plan.teach;

import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanJson;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Thesaurus;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the taught question that another one repeats: the same words that matter, in any order and inflection. A year, a number or a value
 * may differ where the plan has it as a literal, and then differs there. Immutable, thread-safe.
 */
public final class TaughtQuestions {
    private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");
    private static final Pattern DATE = Pattern.compile("\\b((?:19|20)\\d\\d)(-\\d\\d-\\d\\d)");

    private final List<Pair> pairs;
    private final Thesaurus thesaurus;
    private final Lexicon lexicon;

    private record Pair(Verified verified, QuestionWords words) {}

    /**
     * A plan that somebody approved, for the question asked.
     *
     * @param evidence who taught what, and what differs
     */
    public record Found(PlanDocument plan, String evidence) {}

    /**
     * @param verified in the order in which they are tried
     */
    public TaughtQuestions(List<Verified> verified, Thesaurus thesaurus, Lexicon lexicon) {
        this.pairs = verified.stream()
                .map(v -> new Pair(v, QuestionWords.of(v.question())))
                .toList();
        this.thesaurus = thesaurus;
        this.lexicon = lexicon;
    }

    /** Those for an asker's roles, then those for everybody. */
    public static List<Verified> heldBy(List<Verified> verified, Set<String> roles) {
        List<Verified> held = new ArrayList<>(verified.stream()
                .filter(v -> v.roles().stream().anyMatch(r -> roles.stream().anyMatch(r::equalsIgnoreCase)))
                .toList());
        verified.stream().filter(v -> v.roles().isEmpty()).forEach(held::add);
        return held;
    }

    public Optional<Found> find(String question) {
        QuestionWords asked = QuestionWords.of(question);
        for (Pair pair : pairs) {
            Optional<Found> found = found(pair, asked);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> found(Pair pair, QuestionWords asked) {
        List<String> missing = pair.words().beyond(asked, thesaurus);
        List<String> extra = asked.beyond(pair.words(), thesaurus);
        if (pair.words().words().isEmpty() || missing.size() != extra.size() || missing.size() > 1) {
            return Optional.empty();
        }
        String plan = pair.verified().plan();
        List<String> differs = new ArrayList<>();
        if (missing.size() == 1) {
            Optional<String> other = otherValue(plan, missing.get(0), extra.get(0));
            if (other.isEmpty()) {
                return Optional.empty();
            }
            plan = other.get();
            differs.add(extra.get(0) + " instead of " + missing.get(0));
        }
        List<String> before = pair.words().numbers();
        List<String> now = asked.numbers();
        if (before.size() != now.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(now.get(i))) {
                String changed = otherNumber(plan, before.get(i), now.get(i));
                if (changed.equals(plan)) {
                    return Optional.empty();
                }
                plan = changed;
                differs.add(now.get(i) + " instead of " + before.get(i));
            }
        }
        Verified verified = pair.verified();
        return Optional.of(new Found(
                PlanJson.read(plan),
                "verified '" + verified.question() + "'"
                        + (verified.by().isEmpty() ? "" : ", taught by " + verified.by())
                        + (differs.isEmpty() ? "" : ", with " + String.join(", ", differs))));
    }

    /** A word that names a value of a column in the place of one that names another value of it. */
    private Optional<String> otherValue(String plan, String before, String now) {
        for (Link old : lexicon.find(List.of(before))) {
            for (Link next : lexicon.find(List.of(now))) {
                boolean sameColumn = old instanceof Link.ToValue a
                        && next instanceof Link.ToValue b
                        && a.table().name().equals(b.table().name())
                        && a.column().name().equals(b.column().name());
                if (sameColumn) {
                    String from = "'" + ((Link.ToValue) old).value().replace("'", "''") + "'";
                    String to = "'" + ((Link.ToValue) next).value().replace("'", "''") + "'";
                    if (plan.contains(from)) {
                        return Optional.of(plan.replace(from, to));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The number wherever it stands; a year moves the dates in it and at its end. */
    private static String otherNumber(String plan, String before, String now) {
        if (!YEAR.matcher(before).matches() || !YEAR.matcher(now).matches()) {
            return plan.replaceAll(
                    "(?<![\\w.-])" + Pattern.quote(before) + "(?![\\w.-])", Matcher.quoteReplacement(now));
        }
        int year = Integer.parseInt(before);
        int delta = Integer.parseInt(now) - year;
        String dated = DATE.matcher(plan).replaceAll(m -> {
            int its = Integer.parseInt(m.group(1));
            boolean ofYear = its == year || its == year + 1 && m.group(2).equals("-01-01");
            return (ofYear ? its + delta : its) + m.group(2);
        });
        return dated.replaceAll("(?<![\\w.-])" + before + "(?![\\w.-])", now);
    }
}
