package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.PipelineQuery;
import io.calque.mongodb.pipeline.PipelineQuery.DatabaseForm;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** Says a fragment as one aggregation pipeline. Immutable, thread-safe. */
public final class PipelineCompiler implements FragmentCompiler {
    private final SourceId source;
    private final Optional<String> defaultDatabase;

    /**
     * @param defaultDatabase the database that {@code db} means in the text
     */
    public PipelineCompiler(SourceId source, Optional<String> defaultDatabase) {
        this.source = source;
        this.defaultDatabase = defaultDatabase;
    }

    @Override
    public NativeQuery compile(RelNode fragment) {
        Draft draft = draft(fragment);
        Finish.Finished finished = Finish.of(draft, RelTypes.columns(fragment.getRowType()));
        TableName collection = draft.origin().collection();
        boolean unnamed =
                defaultDatabase.filter(name -> name.equals(collection.schema())).isPresent();
        return new PipelineQuery(
                source,
                collection.schema(),
                unnamed ? DatabaseForm.DEFAULT : DatabaseForm.NAMED,
                collection.table(),
                finished.stages(),
                finished.fields(),
                draft.whenEmpty());
    }

    private static Draft draft(RelNode fragment) {
        try {
            return FragmentTranslator.draft(fragment);
        } catch (Refused e) {
            throw new IllegalArgumentException("MongoDB was given a fragment that it refuses: " + e.reason(), e);
        }
    }
}
