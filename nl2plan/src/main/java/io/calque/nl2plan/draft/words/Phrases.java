package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.request.TimeUnit;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.LikeKind;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.WordList;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of the grammar: {@code grammar.txt}. Immutable. */
final class Phrases {
    static final int LONGEST = 5;

    private static final List<String> DAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private static final Map<String, Mention> PHRASES = phrases();

    private Phrases() {}

    private static Map<String, Mention> phrases() {
        Map<String, Mention> phrases = new HashMap<>();
        for (String line : WordList.lines("grammar.txt")) {
            int colon = line.indexOf(':');
            List<String> key = List.of(line.substring(0, colon).split(" "));
            for (String text : line.substring(colon + 1).split(";")) {
                phrases.put(text.strip(), mention(key, text.strip()));
            }
        }
        for (int day = 0; day < DAYS.size(); day++) {
            String name = DAYS.get(day);
            for (String text : List.of("on " + name, "on " + name + "s", "on a " + name, name + "s")) {
                phrases.put(text, new Mention.DayOfWeek(day, text));
            }
        }
        // the first one is a superlative
        for (int i = 1; i < ORDINALS.size(); i++) {
            phrases.put(ORDINALS.get(i), new Mention.Place(i + 1, ORDINALS.get(i)));
        }
        return Map.copyOf(phrases);
    }

    private static Mention mention(List<String> key, String text) {
        String which = key.get(1);
        return switch (key.get(0)) {
            case "mark" -> new Marker(Mark.valueOf(which), text);
            case "aggregate" -> new Aggregation(AggregateFunction.valueOf(which), text);
            case "percentile" ->
                new Aggregation(AggregateFunction.PERCENTILE_CONT, Optional.of(new BigDecimal(which)), text);
            case "rank" -> new Rank(Direction.valueOf(which), RankKind.valueOf(key.get(2)), text);
            case "compare" -> new Compare(Comparison.valueOf(which), text);
            case "every" -> new Every(TimeUnit.valueOf(which), text);
            case "like" -> new Like(LikeKind.valueOf(which), text);
            default -> throw new IllegalStateException("no word of the grammar: " + key);
        };
    }

    /** The longest phrase that begins here. */
    static Optional<Found> at(List<Token> tokens, int i) {
        Optional<Found> longest = Optional.empty();
        StringBuilder text = new StringBuilder();
        for (int end = i; end < Math.min(tokens.size(), i + LONGEST); end++) {
            Token token = tokens.get(end);
            if (token.kind() != Token.Kind.WORD) {
                break;
            }
            text.append(end == i ? "" : " ").append(token.text().toLowerCase(Locale.ROOT));
            Mention mention = PHRASES.get(text.toString());
            if (mention != null) {
                longest = Optional.of(new Found(mention, end + 1));
            }
        }
        return longest;
    }

    /** @param end index of the first token after the phrase */
    record Found(Mention mention, int end) {}
}
