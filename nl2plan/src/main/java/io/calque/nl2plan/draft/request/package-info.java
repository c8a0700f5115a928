/**
 * What a question asks for, in terms of the catalog: columns, figures, conditions, order. The lowest room of the planner: grammars fill a
 * request, {@code compile} makes a plan of it. Single-threaded.
 */
@NullMarked
package io.calque.nl2plan.draft.request;

import org.jspecify.annotations.NullMarked;
