package io.calque.planner.lowering;

import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.jspecify.annotations.Nullable;

/**
 * Sorts locally with {@link CodePointSort}. Takes the place of the stock rules for sorts and sorts with a limit, which order text by UTF-16 unit; a bare
 * LIMIT without an order stays with the stock rule.
 */
public final class SortByCodePoint extends ConverterRule {
    public static final RelOptRule RULE = Config.INSTANCE
            .withConversion(
                    LogicalSort.class,
                    Convention.NONE,
                    EnumerableConvention.INSTANCE,
                    SortByCodePoint.class.getSimpleName())
            .withRuleFactory(SortByCodePoint::new)
            .toRule();

    private SortByCodePoint(Config config) {
        super(config);
    }

    @Override
    public @Nullable RelNode convert(RelNode rel) {
        Sort sort = (Sort) rel;
        if (sort.getCollation().getFieldCollations().isEmpty()) {
            return null;
        }
        RelNode input = convert(sort.getInput(), sort.getInput().getTraitSet().replace(EnumerableConvention.INSTANCE));
        return CodePointSort.create(input, sort.getCollation(), sort.offset, sort.fetch);
    }
}
