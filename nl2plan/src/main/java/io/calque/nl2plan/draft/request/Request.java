package io.calque.nl2plan.draft.request;

import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a question asks for, in terms of the catalog. Filled while reading, then compiled; single-threaded. */
public final class Request {
    public final List<Item> outputs = new ArrayList<>();
    /** Grouped by, but not shown. */
    public final Set<ColumnRef> hiddenKeys = new LinkedHashSet<>();

    public final List<Condition> conditions = new ArrayList<>();
    public final List<Having> having = new ArrayList<>();
    public final List<Order> orders = new ArrayList<>();
    /** Tables whose rows must exist, without any being shown. */
    public final List<TableDescriptor> required = new ArrayList<>();
    /** Tables of which no row may exist. */
    public final List<TableDescriptor> absent = new ArrayList<>();

    public final List<String> assumptions = new ArrayList<>();
    public Optional<TableDescriptor> subject = Optional.empty();
    /** Whose rows a superlative picks, where each group has its own first. */
    public Optional<TableDescriptor> ranked = Optional.empty();
    /** What the question says to group by. */
    public final List<Item> groups = new ArrayList<>();

    /** Ordered by the names shown. */
    public Optional<Direction> alphabetical = Optional.empty();
    /** The measure is counted for each of these, and then averaged. */
    public Optional<TableDescriptor> averagedOver = Optional.empty();

    /** Groups without rows are shown with zero. */
    public boolean zeros;
    /** Measures are summed up from the first period on. */
    public boolean running;
    /** Measures are also compared with the period before. */
    public boolean change;
    /** The change is told in a hundred of the period before. */
    public boolean growth;
    /** Each group has its own first ones. */
    public boolean ofEachGroup;
    /** Only the rows at this place of the order. */
    public OptionalInt place = OptionalInt.empty();
    /** Each row has a place of its own, as purchases in time have. */
    public boolean placeOfRows;

    /** The date that the question says times are told by. */
    public Optional<ColumnRef> dated = Optional.empty();

    /** From here on, conditions say what a share is counted of. */
    public OptionalInt shareFrom = OptionalInt.empty();

    public OptionalLong limit = OptionalLong.empty();
    /** Whether rows equal to the last one are also shown. */
    public Ties ties = Ties.CUT;

    public Distinctness distinctness = Distinctness.AS_IS;

    public enum Ties {
        CUT,
        KEEP
    }

    public enum Distinctness {
        AS_IS,
        DISTINCT
    }

    /** A column of a table. */
    public record ColumnRef(TableDescriptor table, ColumnDescriptor column) {
        @Override
        public boolean equals(Object other) {
            return other instanceof ColumnRef ref
                    && ref.table.name().equals(table.name())
                    && ref.column.name().equals(column.name());
        }

        @Override
        public int hashCode() {
            return table.name().hashCode() * 31 + column.name().hashCode();
        }

        @Override
        public String toString() {
            return table.name().table() + "." + column.name();
        }
    }

    /** Rows of these tables are kept or dropped by what other requests list. */
    public final List<Membership> memberships = new ArrayList<>();
    /** Columns of one row beside one another: "shipped after the day it was promised". */
    public final List<Pair> pairs = new ArrayList<>();

    public final List<Bound> bounds = new ArrayList<>();
    /** Pairs that say, with conditions, what a share is counted of. */
    public final List<Pair> sharePairs = new ArrayList<>();
    /** Numbers beside the average of the rows that belong to the same. */
    public final List<OwnAverage> averages = new ArrayList<>();
    /** A number beside what another request gives in one row and column. */
    public final List<Beside> beside = new ArrayList<>();

    /** Something shown, grouped by or ordered by. */
    public sealed interface Item permits Attribute, Bucket, Calculated, Measure, Computed, PartOfAll, Formula, Ranked {}

    public record Attribute(ColumnRef column) implements Item {}

    public record Bucket(ColumnRef column, TimeUnit unit) implements Item {}

    /** What is computed of each row. */
    public record Calculated(RowValue value) implements Item {}

    /**
     * @param column empty to count the rows of {@code of}
     * @param value in place of the column, what is computed of each row
     * @param fraction of a percentile: 0.5 is the median
     * @param only conditions on the rows of this measure alone
     */
    public record Measure(
            AggregateFunction function,
            TableDescriptor of,
            Optional<ColumnRef> column,
            Optional<RowValue> value,
            BigDecimal fraction,
            Distinctness distinctness,
            List<Condition> only)
            implements Item {
        private static final BigDecimal MEDIAN = new BigDecimal("0.5");

        public Measure {
            only = List.copyOf(only);
        }

        public Measure(
                AggregateFunction function, TableDescriptor of, Optional<ColumnRef> column, Distinctness distinctness) {
            this(function, of, column, Optional.empty(), MEDIAN, distinctness, List.of());
        }

        /** An aggregate of what is computed of each row. */
        public static Measure of(AggregateFunction function, RowValue value) {
            ColumnRef first = value.columns().get(0);
            return new Measure(function, first.table(), Optional.of(first), Distinctness.AS_IS).with(value);
        }

        public Measure only(List<Condition> rows) {
            return new Measure(function, of, column, value, fraction, distinctness, rows);
        }

        Measure with(RowValue computed) {
            return new Measure(function, of, column, Optional.of(computed), fraction, distinctness, only);
        }

        public Measure at(BigDecimal percentile) {
            return new Measure(function, of, column, value, percentile, distinctness, only);
        }

        public Measure times(ColumnRef other) {
            return with(RowValue.product(column.orElseThrow(), other));
        }

        /** Whether no rows give zero, and not NULL. */
        public boolean adds() {
            return function == AggregateFunction.COUNT || function == AggregateFunction.SUM;
        }

        /** Of rows, how many in a hundred meet the conditions of the share. */
        public boolean isShare() {
            return function == AggregateFunction.AVG && column.isEmpty();
        }
    }

    /** Two figures made one. */
    public record Computed(Arithmetic how, Measure left, Measure right) implements Item {}

    /** A group's part of the sum of all groups, in a hundred. */
    public record PartOfAll(Measure measure) implements Item {}

    /** How two figures are made one; all divisions are by the right one, NULL where that is zero. */
    public enum Arithmetic {
        /** Left less right. */
        DIFFERENCE,
        /** By how much in a hundred the left one is more than the right one. */
        GROWTH,
        /** By how much in a hundred the left one is less than the right one. */
        LOSS,
        /** The left one in a hundred of the right one. */
        PERCENT,
        RATIO
    }

    /**
     * @param sql the predicate over the column's name
     * @param owner the table of which the column's table is said, where two tables refer to it
     * @param or conditions on other columns, of which each holds in place of this one
     */
    public record Condition(
            ColumnRef column,
            UnaryOperator<String> sql,
            String words,
            Optional<TableDescriptor> owner,
            List<Condition> or) {
        public Condition {
            or = List.copyOf(or);
        }

        public Condition(ColumnRef column, UnaryOperator<String> sql, String words) {
            this(column, sql, words, Optional.empty());
        }

        public Condition(ColumnRef column, UnaryOperator<String> sql, String words, Optional<TableDescriptor> owner) {
            this(column, sql, words, owner, List.of());
        }

        /** Rows that meet this, or the other one. */
        public Condition or(Condition other) {
            List<Condition> all = new ArrayList<>(or);
            all.add(new Condition(other.column, other.sql, other.words));
            all.addAll(other.or);
            return new Condition(column, sql, words + " or " + other.words, Optional.empty(), all);
        }

        /** @param name what a column is called, quoted */
        public String predicate(Function<ColumnRef, String> name) {
            String own = sql.apply(name.apply(column));
            return or.isEmpty()
                    ? own
                    : or.stream()
                            .map(c -> " OR (" + c.predicate(name) + ")")
                            .collect(Collectors.joining("", "((" + own + ")", ")"));
        }

        /** All the columns that it is about. */
        public List<ColumnRef> columns() {
            return Stream.concat(Stream.of(column), or.stream().map(Condition::column))
                    .toList();
        }

        /** Whether it is about several tables. */
        public boolean spans() {
            return or.stream()
                    .anyMatch(
                            c -> !c.column.table().name().equals(column.table().name()));
        }

        /** Whether it leaves one value of the column. */
        public boolean fixes(ColumnRef other) {
            return owner.isEmpty()
                    && or.isEmpty()
                    && other.equals(column)
                    && sql.apply("$").startsWith("$ = '");
        }

        /** Whose rows it restricts: where "German" is said of suppliers, theirs and no other's. */
        public TableDescriptor table() {
            return owner.orElse(column.table());
        }

        public boolean isOwned() {
            return owner.isPresent();
        }
    }

    /** What a figure of a group is held against. */
    sealed interface Against {}

    public record Fixed(BigDecimal number) implements Against {}

    public record Other(Measure measure) implements Against {}

    /** The average of all groups. */
    public record Groups() implements Against {}

    /**
     * The same figure of other rows: those that meet the conditions, whatever group they are in.
     */
    public record Rows(List<Condition> conditions) implements Against {
        public Rows {
            conditions = List.copyOf(conditions);
        }
    }

    public record Having(Item figure, Comparison comparison, Against against) {
        public Having(Item figure, Comparison comparison, BigDecimal number) {
            this(figure, comparison, new Fixed(number));
        }

        /** What it is computed of. */
        public List<Measure> measures() {
            return measuresOf(figure);
        }
    }

    /** Rows that requests list, put together. */
    public sealed interface Listed {}

    public record Listing(Request request) implements Listed {}

    public record Together(PlanNode.SetKind kind, List<Listed> parts) implements Listed {
        public Together {
            parts = List.copyOf(parts);
        }
    }

    /**
     * @param mine columns of one table
     * @param listed rows of as many columns
     * @param wanted whether the row must be listed, or must not
     */
    public record Membership(List<ColumnRef> mine, Listed listed, Wanted wanted) {
        public Membership {
            mine = List.copyOf(mine);
        }

        public TableDescriptor table() {
            return mine.get(0).table();
        }
    }

    public enum Wanted {
        LISTED,
        NOT_LISTED
    }

    public record Pair(ColumnRef left, Comparison comparison, ColumnRef right) {}

    /** What is computed of a row beside a number: "took more than five days". */
    public record Bound(RowValue value, Comparison comparison, BigDecimal number) {}

    /** @param partition columns of the same table whose equal values make rows belong together */
    public record OwnAverage(ColumnRef column, Comparison comparison, List<ColumnRef> partition) {
        public OwnAverage {
            partition = List.copyOf(partition);
        }
    }

    /** @param figure a request of one row and column */
    public record Beside(ColumnRef column, Comparison comparison, Request figure) {}

    public record Order(Item item, Direction direction) {}

    /** What groups are told by. */
    public List<Item> keys() {
        List<Item> keys = new ArrayList<>();
        outputs.stream().filter(o -> !isFigure(o)).forEach(keys::add);
        hiddenKeys.stream().map(Attribute::new).filter(k -> !keys.contains(k)).forEach(keys::add);
        return keys;
    }

    /** The column of what is no figure; the first one of several. */
    public static ColumnRef column(Item item) {
        return columns(item).get(0);
    }

    /** The columns that what is no figure is told by. */
    public static List<ColumnRef> columns(Item item) {
        if (item instanceof Calculated calculated) {
            return calculated.value().columns();
        }
        return List.of(item instanceof Bucket bucket ? bucket.column() : ((Attribute) item).column());
    }

    public List<Condition> filters() {
        return shareFrom.isPresent()
                ? List.copyOf(conditions.subList(0, shareFrom.getAsInt()))
                : List.copyOf(conditions);
    }

    public List<Condition> shareConditions() {
        return shareFrom.isPresent()
                ? List.copyOf(conditions.subList(shareFrom.getAsInt(), conditions.size()))
                : List.of();
    }

    /** Tables that more is said of than what to show of them. */
    public Set<TableName> tablesBesideShown() {
        Set<TableName> names = new LinkedHashSet<>();
        subject.ifPresent(s -> names.add(s.name()));
        conditions.forEach(c -> names.add(c.table().name()));
        required.forEach(t -> names.add(t.name()));
        measures().forEach(m -> names.add(m.of().name()));
        return names;
    }

    /** The same measure wherever it is shown, ordered by or compared. */
    public void replace(Measure old, Measure with) {
        outputs.replaceAll(item -> item.equals(old) ? with : item);
        orders.replaceAll(order -> order.item().equals(old) ? new Order(with, order.direction()) : order);
        having.replaceAll(h -> h.figure().equals(old) ? new Having(with, h.comparison(), h.against()) : h);
    }

    public List<Measure> measures() {
        List<Measure> measures = new ArrayList<>();
        outputs.forEach(item -> addMeasure(item, measures));
        orders.forEach(order -> addMeasure(order.item(), measures));
        for (Having kept : having) {
            addMeasure(kept.figure(), measures);
            if (kept.against() instanceof Other other) {
                addMeasure(other.measure(), measures);
            }
        }
        return measures;
    }

    private static void addMeasure(Item item, List<Measure> measures) {
        if (item instanceof Measure measure && !measures.contains(measure)) {
            measures.add(measure);
        } else if (item instanceof Computed computed) {
            addMeasure(computed.left(), measures);
            addMeasure(computed.right(), measures);
        } else if (item instanceof PartOfAll part) {
            addMeasure(part.measure(), measures);
        } else if (item instanceof Formula formula) {
            formula.figures().forEach(figure -> addMeasure(figure, measures));
        } else if (item instanceof Ranked ranked) {
            addMeasure(ranked.by(), measures);
        }
    }

    /** The aggregates that an item is computed of. */
    static List<Measure> measuresOf(Item item) {
        List<Measure> measures = new ArrayList<>();
        addMeasure(item, measures);
        return measures;
    }

    /** Whether an item is a figure, or names what figures are of. */
    public static boolean isFigure(Item item) {
        return item instanceof Measure || isMade(item);
    }

    /** Whether an item is made of figures, or of all rows together. */
    public static boolean isMade(Item item) {
        return item instanceof Computed
                || item instanceof PartOfAll
                || item instanceof Formula
                || item instanceof Ranked;
    }
}
