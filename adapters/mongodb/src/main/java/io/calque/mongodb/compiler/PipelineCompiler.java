package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.UnwindHere.Fetch;
import io.calque.mongodb.pipeline.PipelineQuery;
import io.calque.mongodb.pipeline.PipelineQuery.DatabaseForm;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import java.util.List;
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
        List<NativeQuery.Column> columns = RelTypes.columns(fragment.getRowType());
        TableName collection = draft.origin().collection();
        boolean unnamed =
                defaultDatabase.filter(name -> name.equals(collection.schema())).isPresent();
        DatabaseForm form = unnamed ? DatabaseForm.DEFAULT : DatabaseForm.NAMED;
        Optional<Fetch> fetch = UnwindHere.of(draft, columns);
        if (fetch.isPresent()) {
            return new PipelineQuery(
                    source,
                    collection.schema(),
                    form,
                    collection.table(),
                    fetch.get().stages(),
                    fetch.get().fields(),
                    draft.whenEmpty(),
                    Optional.of(fetch.get().unwinding()));
        }
        Finish.Finished finished = Finish.of(draft, columns);
        return new PipelineQuery(
                source,
                collection.schema(),
                form,
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
