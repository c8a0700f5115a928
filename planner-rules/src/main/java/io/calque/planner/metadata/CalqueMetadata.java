package io.calque.planner.metadata;

import java.util.List;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;

/** Calcite's metadata with the registry's statistics in front. Thread-safe. */
public final class CalqueMetadata {
    /** One instance for the process: Calcite compiles handlers per provider. */
    public static final RelMetadataProvider PROVIDER = ChainedRelMetadataProvider.of(List.of(
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new StatisticsRowCount(), BuiltInMetadata.RowCount.Handler.class),
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new StatisticsDistinctRowCount(), BuiltInMetadata.DistinctRowCount.Handler.class),
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new StatisticsSelectivity(), BuiltInMetadata.Selectivity.Handler.class),
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new SourceQueryUniqueKeys(), BuiltInMetadata.UniqueKeys.Handler.class),
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new SourceQueryColumnUniqueness(), BuiltInMetadata.ColumnUniqueness.Handler.class),
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new IntersectPredicates(), BuiltInMetadata.Predicates.Handler.class),
            ReflectiveRelMetadataProvider.reflectiveSource(
                    new SoundPredicates(), BuiltInMetadata.Predicates.Handler.class),
            DefaultRelMetadataProvider.INSTANCE));

    private CalqueMetadata() {}
}
