/**
 * Random worlds and random questions for the same-answer proof: schemas with their data, spread over PostgreSQL, MongoDB and
 * SQLite and held flat in one more PostgreSQL, and queries spelled for both. Knows no engine: who runs the queries is given them
 * as text. Everything follows from a seed. Single-threaded.
 */
@NullMarked
package io.calque.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
