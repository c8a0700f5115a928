package io.calque.registry.store;

import io.calque.spi.catalog.TableDescriptor;

/**
 * A table and the rows that hold it. Immutable.
 *
 * @param id key of {@code tables}; a changed table is a new row
 * @param statisticsId key of {@code statistics}; 0 for a table that was never measured
 * @param fingerprint of everything but the statistics
 */
record StoredTable(long id, long statisticsId, String fingerprint, TableDescriptor table) {}
