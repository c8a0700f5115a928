/**
 * Rows out of a driver: a native query as SQL text, the cursor that turns a result set into column batches, and the decoders, one
 * a column, chosen before the first row.
 *
 * <p>Called by the engine's fetching threads; a cursor belongs to one of them at a time, and may be closed or cancelled by any.
 */
@NullMarked
package io.calque.jdbc.cursor;

import org.jspecify.annotations.NullMarked;
