package io.calque.planner.metadata;

import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.avatica.util.DateTimeUtils;
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
                double all = 1;
                for (RexNode conjunct : RelOptUtil.conjunctions(predicate)) {
                    all *= of(conjunct, table);
                }
                return all;
            }
            case OR -> {
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
            case LESS_THAN, LESS_THAN_OR_EQUAL -> below(statistics, second).orElse(1.0 / 3) * (1 - nulls);
            case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                (1 - below(statistics, second).orElse(2.0 / 3)) * (1 - nulls);
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
        }
        return 1 / Math.max(1, statistics.distinctCount().orElse(10));
    }

    /** The share of non-null values below {@code value}, by linear interpolation between min and max. */
    private static OptionalDouble below(ColumnStatistics statistics, RexNode value) {
        if (!(value instanceof RexLiteral literal) || literal.isNull()) {
            return OptionalDouble.empty();
        }
        OptionalDouble min =
                statistics.min().map(StatisticsSelectivity::position).orElse(OptionalDouble.empty());
        OptionalDouble max =
                statistics.max().map(StatisticsSelectivity::position).orElse(OptionalDouble.empty());
        OptionalDouble at = position(literal);
        if (min.isEmpty() || max.isEmpty() || at.isEmpty() || max.getAsDouble() <= min.getAsDouble()) {
            return OptionalDouble.empty();
        }
        double share = (at.getAsDouble() - min.getAsDouble()) / (max.getAsDouble() - min.getAsDouble());
        return OptionalDouble.of(Math.max(0.001, Math.min(0.999, share)));
    }

    private static OptionalDouble position(RexLiteral literal) {
        Object value = literal.getValue2();
        if (!(value instanceof Number number)) {
            return OptionalDouble.empty();
        }
        return switch (literal.getTypeName()) {
            case DATE -> OptionalDouble.of(number.doubleValue() * DateTimeUtils.MILLIS_PER_DAY);
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> OptionalDouble.of(number.doubleValue());
            // A column's least and greatest time of day are texts, which have no position.
            case TIME -> OptionalDouble.empty();
            default -> {
                BigDecimal exact = literal.getValueAs(BigDecimal.class);
                yield exact == null ? OptionalDouble.empty() : OptionalDouble.of(exact.doubleValue());
            }
        };
    }

    /** Numbers as they are; dates and timestamps as milliseconds; other text has no position. */
    private static OptionalDouble position(String canonical) {
        try {
            if (canonical.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
                return OptionalDouble.of((double) DateTimeUtils.dateStringToUnixDate(canonical.substring(0, 10))
                        * DateTimeUtils.MILLIS_PER_DAY);
            }
            return OptionalDouble.of(Double.parseDouble(canonical));
        } catch (IllegalArgumentException notANumber) {
            return OptionalDouble.empty();
        }
    }
}
