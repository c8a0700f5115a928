package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.draft.request.RowValue;
import io.calque.nl2plan.draft.request.TimeUnit;
import io.calque.nl2plan.formula.Arithmetic;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a question that means something to the grammar. */
public sealed interface Mention {
    /** The words, for evidence. */
    String text();

    /** A word of the grammar. */
    record Marker(Mark mark, String text) implements Mention {}

    /**
     * "average", "total".
     *
     * @param fraction of a percentile: 0.9 for the ninetieth
     */
    record Aggregation(AggregateFunction function, Optional<BigDecimal> fraction, String text) implements Mention {
        public Aggregation(AggregateFunction function, String text) {
            this(function, Optional.empty(), text);
        }
    }

    /** "most", "lowest", "latest". */
    record Rank(Direction direction, RankKind kind, String text) implements Mention {}

    /** "at least". */
    record Compare(Comparison comparison, String text) implements Mention {}

    /** "between 3", before another number. */
    record Between(Number least, String text) implements Mention {}

    record Number(BigDecimal value, Optional<Unit> unit, String text) implements Mention {
        Number(BigDecimal value, String text) {
            this(value, Optional.empty(), text);
        }
    }

    /** "on Sundays": 0 is Sunday. */
    record DayOfWeek(int day, String text) implements Mention {}

    /** "second", "third": a place in an order. */
    record Place(int place, String text) implements Mention {}

    /** A time, with how it bounds what it is said of. */
    record During(Period period, String text) implements Mention {}

    /** "monthly", or "month" where it is grouped by. */
    record Every(TimeUnit unit, String text) implements Mention {}

    /** "starts with". */
    record Like(LikeKind kind, String text) implements Mention {}

    /**
     * Words found in the catalog, best first, never empty.
     *
     * @param listed one of the columns that the question lists of something, and nothing else
     */
    record Linked(List<Link> links, String text, boolean listed) implements Mention {
        public Linked {
            links = List.copyOf(links);
        }

        public Linked(List<Link> links, String text) {
            this(links, text, false);
        }
    }

    /**
     * Arithmetic between figures.
     *
     * @param phrases what is mentioned in each of its phrases
     */
    record Calculation(Arithmetic formula, Map<String, List<Mention>> phrases, String text) implements Mention {
        public Calculation {
            phrases = Map.copyOf(phrases);
        }
    }

    /** Something computed of each row, such as the days from one date to another. */
    record RowFigure(RowValue value, String text) implements Mention {}

    /** Text in quotes that is no known value, or a name that is written with a capital. */
    record Quoted(String text, Source source) implements Mention {
        /** What makes it a text of its own. */
        public enum Source {
            QUOTES,
            CAPITALS
        }
    }

    /** A word with a meaning that nothing explains. */
    record Unknown(String text) implements Mention {}

    /** Words of the grammar that only say how others belong together. */
    enum Mark {
        COUNT,
        DISTINCT,
        BY,
        PER,
        ORDER,
        ASCENDING,
        DESCENDING,
        NOT,
        AND,
        OR,
        COMMA,
        STOP,
        RETURN,
        WHICH,
        RELATIVE,
        PREPOSITION,
        WITH,
        WEEKEND,
        WEEKDAY,
        ABOVE_AVERAGE,
        BELOW_AVERAGE,
        SHARE,
        /** "rank": the place of each row among all. */
        RANK,
        ALPHABETICAL,
        WHEN,
        /** "including zeros": groups without rows count too. */
        ZEROS,
        KEEP_TIES,
        /** "running total of". */
        RUNNING,
        /** "and how much": the figure that ranks. */
        ITS_FIGURE,
        /** "going by the order date": the date that times are said of. */
        DATED,
        /** "change of": from one period to the next. */
        CHANGE,
        /** "both", "either": before a list. */
        BOTH,
        EITHER,
        /** "shared by": those that have what is asked for. */
        SHARED,
        HAVING_A,
        /** "details of": all there is to say of what follows. */
        DETAILS,
        IGNORED,
        TRUE,
        FALSE,
        /** Joins the sides of a construction and says nothing by itself: "than", "as". */
        JOINT,
        /** Part of a construction; what no construction took is not understood. */
        UNSUPPORTED
    }

    /** What a superlative ranks. */
    enum RankKind {
        /** "top 5": the subject follows, the measure later. */
        TOP,
        /** "most", "highest": the measure follows. */
        MOST,
        /** "latest": time decides. */
        TIME
    }

    /** Where a piece of text must stand. */
    enum LikeKind {
        STARTS,
        ENDS,
        CONTAINS
    }
}
