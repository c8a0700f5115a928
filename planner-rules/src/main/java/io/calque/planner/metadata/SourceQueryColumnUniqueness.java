package io.calque.planner.metadata;

import io.calque.planner.pushdown.SharedPart;
import io.calque.planner.pushdown.SourceQuery;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Columns of a pushed fragment are as unique as in what it holds. Stateless. */
public final class SourceQueryColumnUniqueness implements MetadataHandler<BuiltInMetadata.ColumnUniqueness> {
    @Override
    public MetadataDef<BuiltInMetadata.ColumnUniqueness> getDef() {
        return BuiltInMetadata.ColumnUniqueness.DEF;
    }

    public @Nullable Boolean areColumnsUnique(
            SourceQuery query, RelMetadataQuery mq, ImmutableBitSet columns, boolean ignoreNulls) {
        return mq.areColumnsUnique(query.fragment(), columns, ignoreNulls);
    }

    public @Nullable Boolean areColumnsUnique(
            SharedPart part, RelMetadataQuery mq, ImmutableBitSet columns, boolean ignoreNulls) {
        return mq.areColumnsUnique(part.core(), columns, ignoreNulls);
    }
}
