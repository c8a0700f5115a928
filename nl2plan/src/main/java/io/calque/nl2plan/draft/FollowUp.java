package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Mention.During;
import io.calque.nl2plan.draft.Mention.Every;
import io.calque.nl2plan.draft.Mention.Linked;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.ColumnDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question that leans on the one before: "and in France?" is that question with another country, "only in 2012" with a time, "how much have
 * they spent?" is about its subject. Said in full, it is read like any other. Stateless but for its reader.
 */
final class FollowUp {
    private static final Pattern LEANS = Pattern.compile(
            "(?i)^\\s*(and|but|or|only|just|now|then|instead|what about|how about|same for|the same for|for|in|by|per|as of|since|before|after)\\b.*");
    /** What has a question word of its own, or a verb, stands by itself. */
    private static final Pattern ASKS = Pattern.compile(
            "(?i)(?<!\\A)\\b(which|what|who|how (?!about)|when|where|why|does|do|did|is|are|was|were|has|have|list|show)\\b");

    private static final int LONGEST = 9;
    private static final Pattern OPENING = Pattern.compile(
            "(?i)^\\s*(and|but|now|then|instead|what about|how about|(the )?same for|only|just)\\b[ ,:]*");
    private static final Pattern THEY = Pattern.compile("(?i)\\b(they|them|those|these)\\b");
    private static final Pattern ASKING = Pattern.compile(
            "(?i)^\\s*(how many|which|what|list|show(?: me)?|give me|name|who are)(?: all)?(?: of)?(?: the| our)?\\s+(\\w+)\\s*(.*?)[?.!]*\\s*$");

    private final Function<String, List<Mention>> reader;

    /**
     * @param reader the mentions of a question
     */
    FollowUp(Function<String, List<Mention>> reader) {
        this.reader = reader;
    }

    /** The question in full; itself where it does not lean on the one before. */
    String complete(String previous, String question) {
        Matcher they = THEY.matcher(question);
        if (they.find()) {
            // who they are may have been said before in the same question
            boolean asked = question.substring(0, they.start()).matches("(?i).*\\b(do|did|have|had|are|were)\\s+");
            boolean said = !asked
                    && reader.apply(question.substring(0, they.start())).stream()
                            .anyMatch(m -> m instanceof Linked);
            return said ? question : aboutSubject(previous, question);
        }
        boolean leans = LEANS.matcher(question).matches()
                && !ASKS.matcher(question).find()
                && question.strip().split("\\s+").length <= LONGEST;
        if (!leans) {
            return question;
        }
        String said = OPENING.matcher(question)
                .replaceFirst("")
                .replaceAll("[?.!]+\\s*$", "")
                .strip();
        List<Mention> before = reader.apply(previous);
        String full = previous.replaceAll("[?.!]+\\s*$", "").strip();
        boolean changed = false;
        for (Mention mention : reader.apply(said)) {
            Optional<String> old = replaced(mention, before);
            String text = mention instanceof Every every ? "per " + every.text() : mention.text();
            if (old.isPresent()) {
                String with = with(full, old.get(), text);
                changed |= !with.equals(full);
                full = with;
            } else if (mention instanceof During || mention instanceof Every) {
                full = full + " " + text;
                changed = true;
            } else if (mention instanceof Linked linked && linked.links().get(0) instanceof Link.ToValue) {
                full = full + " in " + text;
                changed = true;
            }
        }
        // what only names further columns or tables is said after the rest
        return changed ? full + "?" : full + " " + said + "?";
    }

    private static String aboutSubject(String previous, String question) {
        Matcher asked = ASKING.matcher(previous);
        if (!asked.matches()) {
            return question;
        }
        String rest = asked.group(3).strip();
        boolean relative = rest.isEmpty() || rest.matches("(?i)(who|that|whose|which|with|in|from|of|for|by)\\b.*");
        String subject = asked.group(2) + (rest.isEmpty() ? "" : relative ? " " + rest : " who " + rest);
        return THEY.matcher(question).replaceFirst(Matcher.quoteReplacement(subject));
    }

    /** The words of the earlier question that mean something of the same kind. */
    private static Optional<String> replaced(Mention mention, List<Mention> before) {
        if (mention instanceof During) {
            return before.stream()
                    .filter(m -> m instanceof During)
                    .map(Mention::text)
                    .findFirst();
        }
        if (mention instanceof Every) {
            return before.stream()
                    .filter(m -> m instanceof Every)
                    .map(Mention::text)
                    .findFirst();
        }
        if (mention instanceof Mention.Number) {
            return before.stream()
                    .filter(m -> m instanceof Mention.Number)
                    .map(Mention::text)
                    .findFirst();
        }
        if (mention instanceof Linked linked && linked.links().get(0) instanceof Link.ToValue) {
            return before.stream()
                    .filter(m -> m instanceof Linked other && sameColumn(linked, other))
                    .map(Mention::text)
                    .findFirst();
        }
        if (mention instanceof Mention.Quoted) {
            // a name that no dictionary holds takes the place of the one value there was
            List<Mention> values = before.stream()
                    .filter(m -> m instanceof Mention.Quoted
                            || m instanceof Linked linked && linked.links().get(0) instanceof Link.ToValue)
                    .toList();
            return values.size() == 1 ? Optional.of(values.get(0).text()) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean sameColumn(Linked one, Linked other) {
        return one.links().stream()
                .filter(l -> l instanceof Link.ToValue)
                .map(l -> (Link.ToValue) l)
                .anyMatch(v -> other.links().stream()
                        .anyMatch(l -> l instanceof Link.ToValue o
                                && o.table().name().equals(v.table().name())
                                && name(o.column()).equals(name(v.column()))));
    }

    private static String name(ColumnDescriptor column) {
        return column.name();
    }

    private static String with(String question, String old, String text) {
        String words = "\\b"
                + String.join(
                        "\\W+",
                        List.of(old.split("\\s+")).stream().map(Pattern::quote).toList()) + "\\b";
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE)
                .matcher(question)
                .replaceFirst(Matcher.quoteReplacement(text));
    }
}
