/**
 * The deterministic planner: mentions in a question, read by small grammars into a request, compiled into a plan document. Single-threaded per question.
 */
@NullMarked
package io.calque.nl2plan.draft;

import org.jspecify.annotations.NullMarked;
