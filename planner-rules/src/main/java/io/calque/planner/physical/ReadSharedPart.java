package io.calque.planner.physical;

import io.calque.planner.pushdown.SharedPart;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;

/** Makes a reading of shared rows a leaf of the enumerable plan. */
final class ReadSharedPart extends ConverterRule {
    static final ReadSharedPart RULE = Config.INSTANCE
            .withConversion(SharedPart.class, Convention.NONE, EnumerableConvention.INSTANCE, "ReadSharedPart")
            .withRuleFactory(ReadSharedPart::new)
            .toRule(ReadSharedPart.class);

    private ReadSharedPart(Config config) {
        super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
        return SharedRows.of((SharedPart) node);
    }
}
