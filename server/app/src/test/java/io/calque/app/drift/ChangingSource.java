package io.calque.app.drift;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import java.util.Optional;

/** A database whose schema the test changes at random. */
interface ChangingSource extends AutoCloseable {
    SourceId id();

    /** A {@code calque.yaml} section. */
    String yaml();

    /**
     * Makes one random change.
     *
     * @param known the schema as it is
     * @return what must be found; empty when the change drawn cannot be made, and nothing was done
     */
    Optional<Expected> change(CatalogSnapshot known) throws Exception;
}
