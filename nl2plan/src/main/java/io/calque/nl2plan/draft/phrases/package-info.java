/**
 * The grammar of one look at the rows: each piece reads one phenomenon from the mentions, left to right, into a request, and what is left
 * unsaid is filled in at the end. Used for one question, single-threaded.
 */
@NullMarked
package io.calque.nl2plan.draft.phrases;

import org.jspecify.annotations.NullMarked;
