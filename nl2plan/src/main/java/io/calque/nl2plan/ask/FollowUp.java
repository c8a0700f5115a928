package io.calque.nl2plan.ask;

import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * "And in France?" after a question about Germany: the earlier question with the one thing that is said anew, a year or a value of the
 * same column. Stateless; what it does not understand it leaves to be asked in full.
 */
final class FollowUp {
    private static final Pattern SHORT = Pattern.compile(
            "(?i)^\\s*(?:and|what about|how about|or)\\s+(?:those\\s+|the ones\\s+)?(?:(?:in|by|from|for|of|during)\\s+)?(?:the\\s+)?(?<what>[^?.!]+?)\\s*[?.!]*\\s*$");

    /** What only an earlier turn can explain. */
    private static final Pattern DEPENDENT = Pattern.compile(
            "(?i)^\\s*(?:and|or|only|just|by|per|make|leave|break)\\b.*|.*\\b(?:they|them|their|those|these|she|he|her|his|it|its)\\b.*");

    private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b");
    private static final Pattern WORD = Pattern.compile("[\\p{L}][\\p{L}\\p{N}'-]*");
    private static final int LONGEST = 4;

    private FollowUp() {}

    /** The question in full; empty where it is none that goes on from the one before. */
    static Optional<String> complete(String before, String question, Lexicon lexicon) {
        Matcher matcher = SHORT.matcher(question);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String what = matcher.group("what");
        if (YEAR.matcher(what).matches()) {
            Matcher year = YEAR.matcher(before);
            return year.find()
                    ? Optional.of(before.substring(0, year.start()) + what + before.substring(year.end()))
                    : Optional.empty();
        }
        if (what.toLowerCase(Locale.ROOT).matches("year before|previous year|year after|next year")) {
            return shifted(before, what.matches("(?i).*(before|previous).*") ? -1 : 1);
        }
        return replaced(before, what, lexicon);
    }

    /**
     * A later turn that needs none of those before.
     *
     * @throws QueryException QUESTION_DECLINED for one that does, in a way that is not understood
     */
    static String byItself(String question) {
        if (DEPENDENT.matcher(question).matches()) {
            throw new QueryException(
                    ErrorCode.QUESTION_DECLINED,
                    "The question goes on from the one before in a way that is not understood; ask it in full");
        }
        return question;
    }

    private static Optional<String> shifted(String before, int years) {
        Matcher year = YEAR.matcher(before);
        return year.find()
                ? Optional.of(before.substring(0, year.start())
                        + (Integer.parseInt(year.group()) + years)
                        + before.substring(year.end()))
                : Optional.empty();
    }

    private record Span(int start, int end, Link.ToValue value) {}

    private static Optional<String> replaced(String before, String what, Lexicon lexicon) {
        List<Link.ToValue> wanted =
                values(lexicon, List.of(what.toLowerCase(Locale.ROOT).split("\\s+")));
        for (Span old : spans(before, lexicon)) {
            for (Link.ToValue value : wanted) {
                boolean sameColumn = value.table()
                                .name()
                                .equals(old.value().table().name())
                        && value.column().name().equals(old.value().column().name());
                if (sameColumn && !value.value().equals(old.value().value())) {
                    return Optional.of(before.substring(0, old.start()) + what + before.substring(old.end()));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Link.ToValue> values(Lexicon lexicon, List<String> words) {
        return lexicon.find(words).stream()
                .filter(l -> l instanceof Link.ToValue)
                .map(l -> (Link.ToValue) l)
                .toList();
    }

    /** Values named in a question, longest first. */
    private static List<Span> spans(String question, Lexicon lexicon) {
        List<int[]> places = new ArrayList<>();
        Matcher matcher = WORD.matcher(question);
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        List<Span> spans = new ArrayList<>();
        for (int length = LONGEST; length > 0; length--) {
            for (int from = 0; from + length <= places.size(); from++) {
                int start = places.get(from)[0];
                int end = places.get(from + length - 1)[1];
                List<String> phrase = List.of(
                        question.substring(start, end).toLowerCase(Locale.ROOT).split("\\s+"));
                values(lexicon, phrase).forEach(v -> spans.add(new Span(start, end, v)));
            }
        }
        return spans;
    }
}
