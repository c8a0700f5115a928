package io.calque.spi.catalog;

import io.calque.spi.QueryException;

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

    /** What to do when a view of that name exists. */
    enum Existing {
        FAIL,
        REPLACE
    }
}
