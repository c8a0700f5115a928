package io.calque.planner;

import io.calque.planner.lowering.LoweringRexExecutor;
import io.calque.planner.metadata.CalqueMetadata;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rex.RexBuilder;

/** Makes the planning environment of one statement. */
public final class PlannerCluster {
    private PlannerCluster() {}

    /** A cluster whose planning nothing bounds. */
    public static RelOptCluster create(RexBuilder rex) {
        return create(rex, PlanningBudget.unbounded());
    }

    /** A cluster with our metadata; belongs to the calling thread while the statement is planned. */
    public static RelOptCluster create(RexBuilder rex, PlanningBudget budget) {
        VolcanoPlanner planner = new VolcanoPlanner(budget.context());
        planner.addListener(budget);
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
        // Stock constant folding computes with stock operators, whose results are not always ours.
        planner.setExecutor(LoweringRexExecutor.INSTANCE);
        RelOptCluster cluster = RelOptCluster.create(planner, rex);
        cluster.setMetadataProvider(CalqueMetadata.PROVIDER);
        RelMetadataQueryBase.THREAD_PROVIDERS.set(JaninoRelMetadataProvider.of(CalqueMetadata.PROVIDER));
        cluster.setMetadataQuerySupplier(RelMetadataQuery::instance);
        return cluster;
    }
}
