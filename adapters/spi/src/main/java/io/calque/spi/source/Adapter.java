package io.calque.spi.source;

import io.calque.spi.QueryException;

/** A kind of database. Found by {@link java.util.ServiceLoader}; stateless. */
public interface Adapter {
    /** The word that {@code kind:} takes in the configuration, lower case. */
    String kind();

    /**
     * Makes a source from its configuration without connecting: a database that is down fails when it is used, alone.
     *
     * @throws QueryException CONFIG_INVALID when the configuration can never work, naming the option and what it takes
     */
    Source open(SourceConfig config);
}
