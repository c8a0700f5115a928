/**
 * Queries as documentation: each file of {@code src/test/resources/scripts} shows one topic over the Chinook sample, spread over
 * PostgreSQL, MongoDB and SQLite.
 *
 * <p>{@link io.calque.app.scripts.ScriptIT} runs them through JDBC and compares with what the file says. Rows are not only
 * recorded: {@link io.calque.app.scripts.ChinookReference} is the whole sample in one PostgreSQL, which answers the queries
 * marked {@code !reference}, and every query is answered once more with pushdown off. Single-threaded.
 */
@NullMarked
package io.calque.app.scripts;

import org.jspecify.annotations.NullMarked;
