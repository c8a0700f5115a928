package io.calque.mongodb.pipeline;

import io.calque.spi.SourceId;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;

/**
 * One aggregation of one collection. Immutable; the stages are never written after construction.
 *
 * @param database where the collection lives
 * @param databaseForm whether the text names the database
 * @param stages in order; may hold slots
 * @param fields where each column of the result is found in a result document
 * @param unwinding arrays that are unwound after the documents have arrived; the stages then fetch whole documents
 * @param whenEmpty what an aggregation without a single document means
 */
public record PipelineQuery(
        SourceId source,
        String database,
        DatabaseForm databaseForm,
        String collection,
        List<BsonDocument> stages,
        List<ResultField> fields,
        WhenEmpty whenEmpty,
        Optional<Unwinding> unwinding)
        implements NativeQuery {

    public PipelineQuery {
        stages = List.copyOf(stages);
        fields = List.copyOf(fields);
    }

    /** A pipeline after whose last stage each document is a row. */
    public PipelineQuery(
            SourceId source,
            String database,
            DatabaseForm databaseForm,
            String collection,
            List<BsonDocument> stages,
            List<ResultField> fields,
            WhenEmpty whenEmpty) {
        this(source, database, databaseForm, collection, stages, fields, whenEmpty, Optional.empty());
    }

    @Override
    public String text() {
        return PipelineText.of(this);
    }

    @Override
    public List<ParameterSlot> slots() {
        List<BsonDocument> all = new ArrayList<>(stages);
        unwinding.ifPresent(unwound -> all.add(unwound.keep()));
        return Slots.in(all);
    }

    @Override
    public List<Column> columns() {
        return fields.stream().map(ResultField::column).toList();
    }

    @Override
    public String toString() {
        return text();
    }

    /** How the text names the collection. */
    public enum DatabaseForm {
        /** {@code db.orders}: the source has one database, or this is the one its URL names. */
        DEFAULT,
        /** {@code db.getSiblingDB("shop").orders}. */
        NAMED
    }

    /** What no document means. */
    public enum WhenEmpty {
        NO_ROWS,
        /** An aggregate without groups has one row even over nothing: its counts are 0, the rest NULL. */
        ONE_ROW
    }
}
