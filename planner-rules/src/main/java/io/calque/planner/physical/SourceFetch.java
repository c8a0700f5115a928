package io.calque.planner.physical;

import io.calque.planner.pushdown.SourceQuery;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;

/** Fetches the rows of one fragment: where a source's world ends and the engine's begins. Immutable. */
public final class SourceFetch extends AbstractRelNode implements EnumerableRel {
    private static final int UNNUMBERED = -1;

    private final SourceQuery query;
    private final KeyedQueries keyed;
    private final int ordinal;

    private SourceFetch(SourceQuery query, KeyedQueries keyed, RelTraitSet traits, int ordinal) {
        super(query.getCluster(), traits);
        this.query = query;
        this.keyed = keyed;
        this.ordinal = ordinal;
    }

    static SourceFetch of(SourceQuery query) {
        RelTraitSet traits = query.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
        return new SourceFetch(query, KeyedQueries.NONE, traits, UNNUMBERED);
    }

    SourceFetch numbered(int number) {
        return new SourceFetch(query, keyed, traitSet, number);
    }

    /** The same rows, or those of them that key sets leave. */
    public SourceFetch keyed(KeyedQueries queries) {
        return new SourceFetch(query, queries, traitSet, ordinal);
    }

    /** How it is asked with keys; nothing where it waits for none. */
    public KeyedQueries keyed() {
        return keyed;
    }

    public SourceQuery query() {
        return query;
    }

    /** The fragment's position in the plan; what {@link FragmentRuntime#fetch} is asked for. */
    public int ordinal() {
        return ordinal;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new SourceFetch(query, keyed, traits, ordinal);
    }

    @Override
    protected RelDataType deriveRowType() {
        return query.getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return query.explainTerms(super.explainTerms(writer))
                .item("keys", keyed.uses())
                .item("ordinal", ordinal);
    }

    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return Math.max(1, mq.getRowCount(query.fragment()) * keyed.keptShare());
    }

    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        double rows = estimateRowCount(mq);
        return planner.getCostFactory().makeCost(rows, rows * getRowType().getFieldCount(), 0);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
        // Rows come as arrays, single columns as bare values; operators that compare whole rows may want records
        // instead.
        PhysType arriving = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
        PhysType wanted = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), prefer.preferArray());
        Expression rows = RuntimeCalls.call("fetch", Expressions.constant(ordinal));
        Expression converted =
                arriving.getFormat() == wanted.getFormat() ? rows : arriving.convertTo(rows, wanted.getFormat());
        return implementor.result(wanted, Blocks.toBlock(converted));
    }
}
