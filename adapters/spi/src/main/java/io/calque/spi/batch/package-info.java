/**
 * Rows in flight: typed columns of a few thousand values each. Batches are immutable once built; builders are single-threaded.
 */
@NullMarked
package io.calque.spi.batch;

import org.jspecify.annotations.NullMarked;
