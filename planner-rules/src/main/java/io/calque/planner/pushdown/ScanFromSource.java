package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.NativeQuery;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.TableScan;

/** Turns a scan into a fragment of the source that owns the table, or of the native text that stands for it. */
public final class ScanFromSource extends RelRule<RuleConfig<ScanFromSource>> {
    static final RelOptRule RULE = RuleConfig.of(
                    "ScanFromSource", b -> b.operand(TableScan.class).noInputs(), ScanFromSource::new)
            .toRule();

    private ScanFromSource(RuleConfig<ScanFromSource> config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        TableScan scan = call.rel(0);
        NativeQuery query = scan.getTable().unwrap(NativeQuery.class);
        if (query != null) {
            call.transformTo(SourceQuery.ofNative(query, scan));
            return;
        }
        TableDescriptor table = scan.getTable().unwrapOrThrow(TableDescriptor.class);
        call.transformTo(SourceQuery.of(table.name().source(), scan));
    }
}
