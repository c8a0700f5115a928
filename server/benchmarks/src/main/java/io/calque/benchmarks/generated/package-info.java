/**
 * Rows that are computed, not stored: a source whose tables cost nothing to read, so that what is measured is what Calque's own operators do,
 * and the same rows in DuckDB, the peer.
 */
@NullMarked
package io.calque.benchmarks.generated;

import org.jspecify.annotations.NullMarked;
