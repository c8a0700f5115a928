/**
 * SQLite files: one read transaction a session, the schema from the pragma tables, and values checked against what their columns
 * declare, because SQLite itself does not.
 *
 * <p>All cursors of a session share one connection, because only one connection sees one snapshot; their batches take turns. A
 * progress handler stops a cursor that is cancelled or past its deadline without harming the others.
 */
@NullMarked
package io.calque.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
