/**
 * PostgreSQL 12 and newer: streaming reads in one exported REPEATABLE READ snapshot, the catalog, statistics, and what of SQL it
 * computes exactly as the engine would.
 *
 * <p>The source is thread-safe; a session's cursors each hold a connection of their own.
 */
@NullMarked
package io.calque.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
