package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Mention.TimeUnit;
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
import java.util.function.UnaryOperator;

/** What a question asks for, in terms of the catalog. Filled while reading, then compiled; single-threaded. */
final class Request {
    final List<Item> outputs = new ArrayList<>();
    /** Grouped by, but not shown. */
    final Set<ColumnRef> hiddenKeys = new LinkedHashSet<>();

    final List<Condition> conditions = new ArrayList<>();
    final List<Having> having = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    /** Tables whose rows must exist, without any being shown. */
    final List<TableDescriptor> required = new ArrayList<>();
    /** Tables of which no row may exist. */
    final List<TableDescriptor> absent = new ArrayList<>();

    final List<String> assumptions = new ArrayList<>();
    Optional<TableDescriptor> subject = Optional.empty();
    /** Whose rows a superlative picks, where each group has its own first. */
    Optional<TableDescriptor> ranked = Optional.empty();
    /** What the question says to group by. */
    final List<Item> groups = new ArrayList<>();

    boolean alphabetical;
    /** The measure is counted for each of these, and then averaged. */
    Optional<TableDescriptor> averagedOver = Optional.empty();

    /** Groups without rows are shown with zero. */
    boolean zeros;
    /** Measures are summed up from the first period on. */
    boolean running;
    /** Measures are also compared with the period before. */
    boolean change;
    /** Each group has its own first ones. */
    boolean ofEachGroup;
    /** Only the rows at this place of the order. */
    OptionalInt place = OptionalInt.empty();
    /** Each row has a place of its own, as purchases in time have. */
    boolean placeOfRows;

    /** From here on, conditions say what a share is counted of. */
    OptionalInt shareFrom = OptionalInt.empty();

    OptionalLong limit = OptionalLong.empty();
    /** Whether rows equal to the last one are also shown. */
    Ties ties = Ties.CUT;

    Distinctness distinctness = Distinctness.AS_IS;

    enum Ties {
        CUT,
        KEEP
    }

    enum Distinctness {
        AS_IS,
        DISTINCT
    }

    /** A column of a table. */
    record ColumnRef(TableDescriptor table, ColumnDescriptor column) {
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

    /** Something shown, grouped by or ordered by. */
    sealed interface Item {}

    record Attribute(ColumnRef column) implements Item {}

    record Bucket(ColumnRef column, TimeUnit unit) implements Item {}

    /**
     * @param column empty to count the rows of {@code of}
     * @param factor multiplied with the column, row by row
     */
    record Measure(
            AggregateFunction function,
            TableDescriptor of,
            Optional<ColumnRef> column,
            Optional<ColumnRef> factor,
            Distinctness distinctness)
            implements Item {
        Measure(AggregateFunction function, TableDescriptor of, Optional<ColumnRef> column, Distinctness distinctness) {
            this(function, of, column, Optional.empty(), distinctness);
        }

        /** Of rows, how many in a hundred meet the conditions of the share. */
        boolean isShare() {
            return function == AggregateFunction.AVG && column.isEmpty();
        }
    }

    /**
     * @param sql the predicate over the column's name
     * @param owner the table of which the column's table is said, where two tables refer to it
     */
    record Condition(
            ColumnRef column, UnaryOperator<String> sql, String words, Scope scope, Optional<TableDescriptor> owner) {
        Condition(ColumnRef column, UnaryOperator<String> sql, String words) {
            this(column, sql, words, Scope.ROW, Optional.empty());
        }

        Condition(ColumnRef column, UnaryOperator<String> sql, String words, Scope scope) {
            this(column, sql, words, scope, Optional.empty());
        }

        /** Whose rows it restricts: where "German" is said of suppliers, theirs and no other's. */
        TableDescriptor table() {
            return owner.orElse(column.table());
        }

        boolean isOwned() {
            return owner.isPresent();
        }
    }

    /** What a condition looks at. */
    enum Scope {
        ROW,
        /** The row's value beside the average of all rows: the predicate's operand is the column, then the average. */
        AVERAGE
    }

    record Having(Measure measure, Comparison comparison, BigDecimal number) {}

    record Order(Item item, Direction direction) {}

    List<Condition> filters() {
        return shareFrom.isPresent()
                ? List.copyOf(conditions.subList(0, shareFrom.getAsInt()))
                : List.copyOf(conditions);
    }

    List<Condition> shareConditions() {
        return shareFrom.isPresent()
                ? List.copyOf(conditions.subList(shareFrom.getAsInt(), conditions.size()))
                : List.of();
    }

    /** Tables that more is said of than what to show of them. */
    Set<TableName> tablesBesideShown() {
        Set<TableName> names = new LinkedHashSet<>();
        subject.ifPresent(s -> names.add(s.name()));
        conditions.forEach(c -> names.add(c.table().name()));
        required.forEach(t -> names.add(t.name()));
        measures().forEach(m -> names.add(m.of().name()));
        return names;
    }

    /** The same measure wherever it is shown, ordered by or compared. */
    void replace(Measure old, Measure with) {
        outputs.replaceAll(item -> item.equals(old) ? with : item);
        orders.replaceAll(order -> order.item().equals(old) ? new Order(with, order.direction()) : order);
        having.replaceAll(h -> h.measure().equals(old) ? new Having(with, h.comparison(), h.number()) : h);
    }

    List<Measure> measures() {
        List<Measure> measures = new ArrayList<>();
        outputs.forEach(item -> addMeasure(item, measures));
        orders.forEach(order -> addMeasure(order.item(), measures));
        having.forEach(h -> addMeasure(h.measure(), measures));
        return measures;
    }

    private static void addMeasure(Item item, List<Measure> measures) {
        if (item instanceof Measure measure && !measures.contains(measure)) {
            measures.add(measure);
        }
    }
}
