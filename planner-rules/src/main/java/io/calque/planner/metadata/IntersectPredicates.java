package io.calque.planner.metadata;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Nothing is concluded from an INTERSECT: the stock handler compares the predicates of its inputs over its own columns, which may be
 * NOT NULL where an input's are not, and then planning fails on an assertion. Stateless.
 */
public final class IntersectPredicates implements MetadataHandler<BuiltInMetadata.Predicates> {
    @Override
    public MetadataDef<BuiltInMetadata.Predicates> getDef() {
        return BuiltInMetadata.Predicates.DEF;
    }

    public RelOptPredicateList getPredicates(Intersect intersect, RelMetadataQuery mq) {
        return RelOptPredicateList.EMPTY;
    }
}
