package io.calque.planner.metadata;

import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMdUtil;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Share of a table's rows that a predicate keeps, from distinct counts, null fractions and ranges. Stateless. */
public final class StatisticsSelectivity implements MetadataHandler<BuiltInMetadata.Selectivity> {
    private static final double MINIMUM = 1e-9;

    @Override
    public MetadataDef<BuiltInMetadata.Selectivity> getDef() {
        return BuiltInMetadata.Selectivity.DEF;
    }

    /** 0 to 1. */
    public @Nullable Double getSelectivity(TableScan scan, RelMetadataQuery mq, @Nullable RexNode predicate) {
        TableDescriptor table = scan.getTable().unwrap(TableDescriptor.class);
        if (predicate == null || table == null) {
            return RelMdUtil.guessSelectivity(predicate);
        }
        RexNode expanded = RexUtil.expandSearch(scan.getCluster().getRexBuilder(), null, predicate);
        return Math.max(MINIMUM, Math.min(1, of(expanded, table)));
    }

    private static double of(RexNode predicate, TableDescriptor table) {
        switch (predicate.getKind()) {
            case AND -> {
                return ofConjunction(predicate, table);
            }
            case OR -> {
                OptionalDouble list = ofList(predicate, table);
                if (list.isPresent()) {
                    return list.getAsDouble();
                }
                double none = 1;
                for (RexNode branch : RelOptUtil.disjunctions(predicate)) {
                    none *= 1 - of(branch, table);
                }
                return 1 - none;
            }
            case NOT -> {
                return 1 - of(((RexCall) predicate).getOperands().get(0), table);
            }
            case LIKE -> {
                return 0.1;
            }
            default -> {
                return ofComparison(predicate, table);
            }
        }
    }

    /** Both bounds of a column are one range: below the upper one are nearly all rows, above the lower one as well. */
    private static double ofConjunction(RexNode conjunction, TableDescriptor table) {
        double all = 1;
        Map<Integer, ValueRange> ranges = new HashMap<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(conjunction)) {
            Optional<ValueRange> range = ValueRange.of(conjunct, table);
            if (range.isPresent()) {
                ranges.merge(range.get().column(), range.get(), ValueRange::and);
            } else {
                all *= of(conjunct, table);
            }
        }
        for (ValueRange range : ranges.values()) {
            all *= range.share(table);
        }
        return all;
    }

    /** Equalities of one column exclude each other. */
    private static OptionalDouble ofList(RexNode disjunction, TableDescriptor table) {
        double sum = 0;
        int column = -1;
        for (RexNode branch : RelOptUtil.disjunctions(disjunction)) {
            boolean equality = branch.getKind() == SqlKind.EQUALS
                    && ((RexCall) branch).getOperands().get(0) instanceof RexInputRef
                    && ((RexCall) branch).getOperands().get(1) instanceof RexLiteral;
            if (!equality) {
                return OptionalDouble.empty();
            }
            int index = ((RexInputRef) ((RexCall) branch).getOperands().get(0)).getIndex();
            if (column >= 0 && index != column) {
                return OptionalDouble.empty();
            }
            column = index;
            sum += of(branch, table);
        }
        return OptionalDouble.of(Math.min(1, sum));
    }

    private static double ofComparison(RexNode predicate, TableDescriptor table) {
        if (!(predicate instanceof RexCall call) || call.getOperands().isEmpty()) {
            return RelMdUtil.guessSelectivity(predicate);
        }
        RexNode first = RexUtil.removeCast(call.getOperands().get(0));
        RexNode second = call.getOperands().size() > 1
                ? RexUtil.removeCast(call.getOperands().get(1))
                : first;
        if (second instanceof RexInputRef && first instanceof RexLiteral) {
            RexNode swapped = first;
            first = second;
            second = swapped;
        }
        Optional<ValueRange> range = ValueRange.of(predicate, table);
        if (range.isPresent()) {
            return range.get().share(table);
        }
        if (!(first instanceof RexInputRef column)) {
            return RelMdUtil.guessSelectivity(predicate);
        }
        ColumnStatistics statistics =
                table.statistics().column(table.columns().get(column.getIndex()).name());
        double nulls = statistics.nullFraction().orElse(0);
        boolean literalFirst = call.getOperands().get(0) instanceof RexLiteral;
        SqlKind kind = literalFirst ? call.getKind().reverse() : call.getKind();
        return switch (kind) {
            case IS_NULL -> nulls;
            case IS_NOT_NULL -> 1 - nulls;
            case EQUALS -> equality(statistics, second);
            case NOT_EQUALS -> 1 - nulls - equality(statistics, second);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> (1 - nulls) / 3;
            default -> RelMdUtil.guessSelectivity(predicate);
        };
    }

    private static double equality(ColumnStatistics statistics, RexNode value) {
        if (value instanceof RexLiteral literal && literal.getTypeName().getFamily() != null) {
            String text = String.valueOf(literal.getValue2());
            Optional<Double> common = statistics.mostCommon().stream()
                    .filter(c -> c.value().equals(text))
                    .map(ColumnStatistics.CommonValue::fraction)
                    .findFirst();
            if (common.isPresent()) {
                return common.get();
            }
            if (literal.getTypeName() == SqlTypeName.CHAR || literal.getTypeName() == SqlTypeName.VARCHAR) {
                return rare(statistics);
            }
        }
        return 1 / Math.max(1, statistics.distinctCount().orElse(10));
    }

    /** A value that is none of the frequent ones. */
    private static double rare(ColumnStatistics statistics) {
        double others =
                statistics.distinctCount().orElse(10) - statistics.mostCommon().size();
        double frequent = statistics.mostCommon().stream()
                .mapToDouble(ColumnStatistics.CommonValue::fraction)
                .sum();
        double left = Math.max(0, 1 - statistics.nullFraction().orElse(0) - frequent);
        return left / Math.max(1, others);
    }
}
