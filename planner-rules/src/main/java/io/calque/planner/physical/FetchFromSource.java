package io.calque.planner.physical;

import io.calque.planner.pushdown.SourceQuery;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;

/** Makes a fragment a leaf of the enumerable plan. */
final class FetchFromSource extends ConverterRule {
    static final FetchFromSource RULE = Config.INSTANCE
            .withConversion(SourceQuery.class, Convention.NONE, EnumerableConvention.INSTANCE, "FetchFromSource")
            .withRuleFactory(FetchFromSource::new)
            .toRule(FetchFromSource.class);

    private FetchFromSource(Config config) {
        super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
        return SourceFetch.of((SourceQuery) node);
    }
}
