package io.calque.spi.catalog;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.ontology.OntologyEntry.Verified;

/** The engine's door to the registry. Thread-safe. */
public interface Catalog {
    /** The newest published snapshot; cheap, never touches a source. */
    CatalogSnapshot current();

    /**
     * Persists a view and publishes a new snapshot.
     *
     * @throws QueryException TABLE_EXISTS when the name is taken and {@code existing} is FAIL
     */
    void createView(ViewDescriptor view, Existing existing);

    /** Removes a view; true when there was one. */
    boolean dropView(String name);

    /**
     * Writes down how a question is answered, in the place of what was taught of it before.
     *
     * @throws QueryException NOT_SUPPORTED where nothing can be written down
     */
    default void teach(Verified verified) {
        throw new QueryException(ErrorCode.NOT_SUPPORTED, "Nothing can be taught here");
    }

    /**
     * Takes back what was taught of a question for the same roles; true when there was something.
     *
     * @throws QueryException NOT_SUPPORTED where nothing can be written down
     */
    default boolean forget(Verified verified) {
        throw new QueryException(ErrorCode.NOT_SUPPORTED, "Nothing can be taught here");
    }

    /** What to do when a view of that name exists. */
    enum Existing {
        FAIL,
        REPLACE
    }
}
