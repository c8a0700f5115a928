package io.calque.planner.pushdown;

import io.calque.spi.SourceId;
import io.calque.spi.source.NativeQuery;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/**
 * A leaf whose rows one source computes: a fragment of logical operators over that source's tables, or a native text that the
 * user wrote.
 *
 * <p>The fragment is no input of this node, so rules and metadata see a leaf; pushing an operator down makes a larger fragment in a
 * new leaf. Immutable.
 */
public final class SourceQuery extends AbstractRelNode {
    private final SourceId source;
    private final RelNode fragment;
    private final Optional<NativeQuery> nativeText;
    /** Rules compare nodes by their terms again and again; two threads may both write this, and the same. */
    private @Nullable String fragmentText;

    private SourceQuery(
            RelOptCluster cluster,
            RelTraitSet traits,
            SourceId source,
            RelNode fragment,
            Optional<NativeQuery> nativeText) {
        super(cluster, traits);
        this.source = source;
        this.fragment = fragment;
        this.nativeText = nativeText;
    }

    /** A leaf over operators that the source's capabilities accepted. */
    static SourceQuery of(SourceId source, RelNode fragment) {
        RelOptCluster cluster = fragment.getCluster();
        return new SourceQuery(cluster, cluster.traitSetOf(Convention.NONE), source, fragment, Optional.empty());
    }

    /**
     * A leaf over a native text; nothing is pushed into it.
     *
     * @param scan the scan that stands for it, with its row type
     */
    static SourceQuery ofNative(NativeQuery query, RelNode scan) {
        RelOptCluster cluster = scan.getCluster();
        return new SourceQuery(cluster, cluster.traitSetOf(Convention.NONE), query.source(), scan, Optional.of(query));
    }

    public SourceId source() {
        return source;
    }

    public RelNode fragment() {
        return fragment;
    }

    /** The user's own text, where there is one; then {@link #fragment} is only its scan. */
    public Optional<NativeQuery> nativeText() {
        return nativeText;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        SourceQuery copy = new SourceQuery(getCluster(), traits, source, fragment, nativeText);
        copy.fragmentText = fragmentText;
        return copy;
    }

    @Override
    protected RelDataType deriveRowType() {
        return fragment.getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("source", source)
                .item("fragment", fragmentText())
                .itemIf("native", nativeText.map(NativeQuery::text).orElse(""), nativeText.isPresent());
    }

    private String fragmentText() {
        String text = fragmentText;
        if (text == null) {
            text = RelOptUtil.toString(fragment, SqlExplainLevel.DIGEST_ATTRIBUTES);
            fragmentText = text;
        }
        return text;
    }

    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return mq.getRowCount(fragment);
    }

    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        double rows = mq.getRowCount(this);
        return planner.getCostFactory().makeCost(rows, rows * getRowType().getFieldCount(), 0);
    }
}
