/**
 * The same-answer proof: random queries of the test kit run on Calque with pushdown on, off and without each class of work, and on
 * one PostgreSQL that holds everything; a difference is shrunk to a script. {@code FuzzIT} runs a bounded part,
 * {@link io.calque.benchmarks.fuzz.FuzzCommand} as much as is asked for. Single-threaded.
 */
@NullMarked
package io.calque.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
