package io.calque.engine.names;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** What the resolver needs from the statement being prepared, and tells it. Single-threaded. */
public interface TableUses {
    /**
     * The statement reads this table.
     *
     * @param overridden present when the source has it otherwise than SQL sees it
     */
    void reads(TableDescriptor table, Optional<OverriddenTable> overridden);

    /**
     * The statement sends native text to a source.
     *
     * @return the name under which the validator finds the typed rows, and their columns
     */
    NativeUse passThrough(SourceId source, String nativeText);

    /**
     * The statement asks a question in plain language.
     *
     * @return the parsed query that it means, every table named in full
     */
    SqlNode question(QuestionForm form, String question);

    /** What of a question's answer is wanted. */
    enum QuestionForm {
        /** {@code NL('...')}: the rows. */
        ROWS,
        /** {@code NL_PLAN('...')}: how it was understood. */
        PLAN,
        /** {@code NL_CONTEXT('...')}: what of the catalog its words name. */
        CONTEXT,
        /** {@code CLASSIFY('...')}: which sources it needs. */
        SOURCES,
        /** {@code PLAN_OF('SELECT ...')}: not a question but a query, told as a plan. */
        QUERY
    }

    /** The parsed query of a view, positions meaning the view's own text. */
    SqlNode parseView(ViewDescriptor view);

    /**
     * @param columns names of the native query's columns
     */
    record NativeUse(TableName name, List<String> columns) {}
}
