/**
 * The Chinook sample (a shop for digital music) spread over three databases as a business would have it: sales in
 * PostgreSQL, the music catalog in MongoDB, the office's small tables in a SQLite file.
 *
 * <p>The rows come from the HSQLDB database in {@code net.hydromatic:chinook-data-hsqldb}. {@link
 * io.calque.embedded.chinook.ChinookWorld} is safe for use by several threads once it is loaded.
 */
@NullMarked
package io.calque.embedded.chinook;

import org.jspecify.annotations.NullMarked;
