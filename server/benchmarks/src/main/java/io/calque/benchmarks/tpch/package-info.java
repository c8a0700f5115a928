/**
 * TPC-H: its eight tables at any scale factor, its 22 queries, and two ways to spread the tables over three databases,
 * with a PostgreSQL that holds all eight to say what the right answers are.
 *
 * <p>The data comes from {@code io.trino.tpch}, which writes what the benchmark's own generator writes. The queries are
 * resources {@code tpch/q01.sql} to {@code q22.sql}, in the specification's words and with its validation parameters.
 */
@NullMarked
package io.calque.benchmarks.tpch;

import org.jspecify.annotations.NullMarked;
