package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Mention.Aggregation;
import io.calque.nl2plan.draft.Mention.Compare;
import io.calque.nl2plan.draft.Mention.Every;
import io.calque.nl2plan.draft.Mention.Like;
import io.calque.nl2plan.draft.Mention.LikeKind;
import io.calque.nl2plan.draft.Mention.Mark;
import io.calque.nl2plan.draft.Mention.Marker;
import io.calque.nl2plan.draft.Mention.Rank;
import io.calque.nl2plan.draft.Mention.RankKind;
import io.calque.nl2plan.draft.Mention.TimeUnit;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of the grammar. Immutable. */
final class Phrases {
    static final int LONGEST = 5;

    private static final Map<String, Mention> PHRASES = new HashMap<>();
    private static final List<String> DAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");

    static {
        marks(
                Mark.COUNT,
                "how many",
                "number of",
                "count of",
                "total number of",
                "total count of",
                "the number of",
                "counts of",
                "num of");
        marks(Mark.DISTINCT, "distinct", "unique", "different");
        marks(Mark.BY, "by", "according to", "in terms of");
        marks(
                Mark.PER,
                "per",
                "for each",
                "for every",
                "for all",
                "of every",
                "in every",
                "in each",
                "of each",
                "each",
                "every",
                "grouped by",
                "group by",
                "broken down by",
                "split by",
                "by each",
                "for each of the",
                "in each of the",
                "across");
        marks(Mark.ORDER, "ordered by", "order by", "sorted by", "sort by", "ranked by", "in order of", "sorted");
        marks(
                Mark.ASCENDING,
                "ascending",
                "ascending order",
                "from lowest to highest",
                "from least to most",
                "lowest first",
                "lowest to highest",
                "in ascending order",
                "oldest first",
                "from smallest to largest");
        marks(
                Mark.DESCENDING,
                "descending",
                "descending order",
                "from highest to lowest",
                "from most to least",
                "highest first",
                "highest to lowest",
                "in descending order",
                "newest first",
                "starting from the top",
                "from largest to smallest");
        marks(Mark.ALPHABETICAL, "alphabetically", "in alphabetical order", "alphabetical order", "alphabetical");
        marks(Mark.ZEROS, "including zeros", "including zero", "including zeroes", "with zeros", "or zero");
        marks(Mark.KEEP_TIES, "keeping ties", "with ties", "including ties");
        marks(Mark.RUNNING, "running total of", "running total", "cumulative");
        marks(Mark.CHANGE, "change of", "change in", "change", "growth of", "growth in", "growth", "and change");
        marks(Mark.BOTH, "both", "both from");
        marks(Mark.EITHER, "either", "either in");
        for (int day = 0; day < DAYS.size(); day++) {
            String name = DAYS.get(day);
            for (String text : List.of("on " + name, "on " + name + "s", "on a " + name, name + "s")) {
                PHRASES.put(text, new Mention.DayOfWeek(day, text));
            }
        }
        for (int i = 1; i < ORDINALS.size(); i++) {
            PHRASES.put(ORDINALS.get(i), new Mention.Place(i + 1, ORDINALS.get(i)));
        }
        marks(Mark.WHEN, "when was", "when were", "when did", "when is");
        marks(Mark.HAVING_A, "have a", "have an", "has a", "has an", "with a", "with an");
        marks(Mark.IGNORED, "in total", "in all");
        marks(
                Mark.NOT,
                "not",
                "no",
                "never",
                "without",
                "n't",
                "haven't",
                "hasn't",
                "didn't",
                "don't",
                "doesn't",
                "isn't",
                "aren't",
                "wasn't",
                "weren't",
                "excluding",
                "except",
                "except for",
                "other than",
                "lacking",
                "neither");
        marks(Mark.AND, "and", "as well as", "along with", "together with", "&", "plus", "but");
        marks(Mark.OR, "or");
        marks(
                Mark.RETURN,
                "return",
                "show",
                "display",
                "show me",
                "list",
                "give me",
                "give",
                "find",
                "report",
                "print",
                "i want",
                "calculate",
                "compute",
                "get",
                "retrieve",
                "showing");
        marks(
                Mark.WHICH,
                "which",
                "who",
                "what",
                "what is",
                "what are",
                "who are",
                "who is",
                "what was",
                "what were",
                "who were",
                "which are",
                "whom");
        marks(
                Mark.RELATIVE,
                "that",
                "where",
                "whose",
                "when",
                "that have",
                "who have",
                "who has",
                "that has",
                "which have",
                "whose are");
        marks(
                Mark.PREPOSITION,
                "in",
                "from",
                "for",
                "on",
                "at",
                "named",
                "called",
                "via",
                "through",
                "using",
                "based on",
                "of type",
                "with the name",
                "under the");
        marks(Mark.WITH, "with", "having", "among");
        marks(Mark.WEEKEND, "weekend", "weekends", "on weekends", "on the weekend", "on a weekend");
        marks(Mark.WEEKDAY, "weekday", "weekdays", "on weekdays");
        marks(
                Mark.ABOVE_AVERAGE,
                "above average",
                "above the average",
                "more than the average",
                "higher than average",
                "higher than the average",
                "greater than the average",
                "more than average",
                "over the average",
                "better than average",
                "longer than the average",
                "longer than average");
        marks(
                Mark.BELOW_AVERAGE,
                "below average",
                "below the average",
                "under the average",
                "less than the average",
                "lower than average",
                "lower than the average",
                "cheaper than average",
                "shorter than the average",
                "shorter than average");
        marks(
                Mark.SHARE,
                "percentage of",
                "percent of",
                "share of",
                "proportion of",
                "fraction of",
                "ratio of",
                "percentage",
                "ratio",
                "proportion",
                "rate",
                "rates");
        marks(Mark.RANK, "rank", "ranking", "ranks", "rank position");
        marks(Mark.TRUE, "is true", "true");
        marks(Mark.FALSE, "is false", "false");
        marks(Mark.JOINT, "than", "as", "other", "another");
        marks(
                Mark.UNSUPPORTED,
                "more",
                "fewer",
                "less",
                "higher",
                "lower",
                "greater",
                "better",
                "longer",
                "shorter",
                "more or fewer",
                "more or less",
                "by how much",
                "by what percentage",
                "by what percent",
                "by how many percent",
                "how much more",
                "how much less",
                "how much higher",
                "how much lower",
                "how many more",
                "how many fewer",
                "how many more or fewer",
                "how many more or less",
                "how much more or less",
                "grow",
                "grown",
                "grew",
                "increase",
                "increased",
                "rise",
                "rose",
                "risen",
                "fall",
                "fell",
                "fallen",
                "drop",
                "dropped",
                "decline",
                "declined",
                "decrease",
                "decreased",
                "shrink",
                "shrank",
                "fall short of",
                "fell short of",
                "exceed those",
                "before",
                "after",
                "earlier",
                "later",
                "earlier than",
                "later than",
                "sooner than",
                "older than",
                "younger than",
                "entirely",
                "exclusively",
                "solely",
                "nothing but",
                "and also",
                "but never",
                "but not in both",
                "but not both",
                "identical",
                "difference",
                "moving average",
                "month-over-month",
                "month over month",
                "year over year",
                "mom",
                "yoy",
                "percentile",
                "correlation",
                "predict",
                "forecast",
                "why",
                "how",
                "trend",
                "standard deviation",
                "versus",
                "compared to",
                "consecutive",
                "duration",
                "same",
                "respective",
                "of these",
                "of those",
                "of them",
                "each other",
                "their own",
                "its own",
                "his own",
                "her own",
                "and again",
                "but not",
                "else",
                "compare",
                "including those",
                "only");
        aggregate(AggregateFunction.AVG, "average", "mean", "avg", "average of", "the average", "on average");
        aggregate(AggregateFunction.SUM, "total", "sum of", "sum", "combined", "total of", "aggregate", "overall");
        aggregate(AggregateFunction.MAX, "maximum", "max", "maximum of");
        aggregate(AggregateFunction.MIN, "minimum", "min", "minimum of");
        aggregate(AggregateFunction.PERCENTILE_CONT, "median", "median of", "the median");
        percentile("0.25", "lower quartile", "first quartile", "bottom quartile");
        percentile("0.75", "upper quartile", "third quartile", "top quartile");
        rank(
                Direction.DESC,
                RankKind.TOP,
                "top",
                "best",
                "best selling",
                "best-selling",
                "bestselling",
                "leading",
                "most popular",
                "most frequent",
                "most frequently",
                "most common");
        rank(Direction.ASC, RankKind.TOP, "bottom", "worst", "least popular", "least common", "least frequent");
        rank(
                Direction.DESC,
                RankKind.MOST,
                "most",
                "highest",
                "biggest",
                "largest",
                "greatest",
                "largest number of",
                "highest number of",
                "greatest number of",
                "biggest number of",
                "most expensive",
                "highest value",
                "longest",
                "youngest",
                "priciest",
                "heaviest");
        rank(
                Direction.ASC,
                RankKind.MOST,
                "least",
                "lowest",
                "smallest",
                "fewest",
                "smallest number of",
                "lowest number of",
                "cheapest",
                "shortest",
                "least expensive");
        rank(Direction.DESC, RankKind.TIME, "latest", "most recent", "newest", "most recently", "last");
        rank(Direction.ASC, RankKind.TIME, "earliest", "oldest", "first");
        compare(
                Comparison.GT,
                "more than",
                "greater than",
                "over",
                "above",
                "exceeding",
                "exceeds",
                "exceed",
                "larger than",
                "higher than",
                "bigger than",
                "longer than",
                "heavier than",
                "more expensive than",
                "pricier than",
                "dearer than",
                "taller than",
                "is over",
                "worth more than",
                "came to more than",
                ">");
        compare(
                Comparison.GE,
                "at least",
                "no less than",
                "not less than",
                "a minimum of",
                "no fewer than",
                "minimum of at least",
                ">=");
        compare(
                Comparison.LT,
                "less than",
                "fewer than",
                "under",
                "below",
                "lower than",
                "smaller than",
                "cheaper than",
                "less expensive than",
                "shorter than",
                "lighter than",
                "worth less than",
                "came to less than",
                "<");
        compare(
                Comparison.LE,
                "at most",
                "up to",
                "no more than",
                "not more than",
                "a maximum of",
                "came to no more than",
                "<=");
        compare(Comparison.EQ, "exactly", "equal to", "equals", "is exactly");
        every(TimeUnit.DAY, "daily");
        every(TimeUnit.WEEK, "weekly");
        every(TimeUnit.MONTH, "monthly");
        every(TimeUnit.QUARTER, "quarterly");
        every(TimeUnit.YEAR, "yearly", "annual", "annually");
        like(
                LikeKind.STARTS,
                "starts with",
                "start with",
                "starting with",
                "begins with",
                "beginning with",
                "begin with");
        like(
                LikeKind.ENDS,
                "ends with",
                "end with",
                "ending with",
                "ending in",
                "ends in",
                "ending with the letter",
                "starts with the letter");
        like(LikeKind.CONTAINS, "contains", "contain", "containing", "contains the word", "containing the word");
        PHRASES.put("starts with the letter", new Like(LikeKind.STARTS, "starts with the letter"));
    }

    private Phrases() {}

    private static void marks(Mark mark, String... texts) {
        for (String text : texts) {
            PHRASES.put(text, new Marker(mark, text));
        }
    }

    private static void aggregate(AggregateFunction function, String... texts) {
        for (String text : texts) {
            PHRASES.put(text, new Aggregation(function, text));
        }
    }

    private static void percentile(String fraction, String... texts) {
        for (String text : texts) {
            PHRASES.put(
                    text,
                    new Aggregation(AggregateFunction.PERCENTILE_CONT, Optional.of(new BigDecimal(fraction)), text));
        }
    }

    private static void rank(Direction direction, RankKind kind, String... texts) {
        for (String text : texts) {
            PHRASES.put(text, new Rank(direction, kind, text));
        }
    }

    private static void compare(Comparison comparison, String... texts) {
        for (String text : texts) {
            PHRASES.put(text, new Compare(comparison, text));
        }
    }

    private static void every(TimeUnit unit, String... texts) {
        for (String text : texts) {
            PHRASES.put(text, new Every(unit, text));
        }
    }

    private static void like(LikeKind kind, String... texts) {
        for (String text : texts) {
            PHRASES.put(text, new Like(kind, text));
        }
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
