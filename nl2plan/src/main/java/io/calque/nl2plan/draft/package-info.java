/**
 * The deterministic planner. A question becomes words that mean something ({@code words}), which tables, columns and values fit best is weighed
 * ({@code meaning}), small grammars read them into a request ({@code phrases}, {@code constructions}, over {@code request}), turns that lean on others
 * change it ({@code conversation}), and it is compiled into a plan document ({@code compile}). Each room sees only those named before it.
 * Single-threaded per question.
 */
@NullMarked
package io.calque.nl2plan.draft;

import org.jspecify.annotations.NullMarked;
