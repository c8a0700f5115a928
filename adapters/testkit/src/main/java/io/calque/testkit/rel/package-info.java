/**
 * Fragments as the planner hands them to an adapter, and what they mean: trees built over described tables, and a plain
 * evaluator of such trees that shares no code with the engine or with any adapter.
 *
 * <p>Single-threaded: one builder and its trees belong to one test at a time.
 */
@NullMarked
package io.calque.testkit.rel;

import org.jspecify.annotations.NullMarked;
