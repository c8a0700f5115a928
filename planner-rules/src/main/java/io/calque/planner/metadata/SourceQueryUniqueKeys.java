package io.calque.planner.metadata;

import io.calque.planner.pushdown.SharedPart;
import io.calque.planner.pushdown.SourceQuery;
import java.util.Set;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Keys of a pushed fragment are the keys of what it holds. Stateless. */
public final class SourceQueryUniqueKeys implements MetadataHandler<BuiltInMetadata.UniqueKeys> {
    @Override
    public MetadataDef<BuiltInMetadata.UniqueKeys> getDef() {
        return BuiltInMetadata.UniqueKeys.DEF;
    }

    public @Nullable Set<ImmutableBitSet> getUniqueKeys(SourceQuery query, RelMetadataQuery mq, boolean ignoreNulls) {
        return mq.getUniqueKeys(query.fragment(), ignoreNulls);
    }

    public @Nullable Set<ImmutableBitSet> getUniqueKeys(SharedPart part, RelMetadataQuery mq, boolean ignoreNulls) {
        return mq.getUniqueKeys(part.core(), ignoreNulls);
    }
}
