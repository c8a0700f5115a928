/**
 * From a request to the nodes of a plan document: joined rows, totals by groups, what is done to them at the end. Used for one plan.
 */
@NullMarked
package io.calque.nl2plan.draft.compile;

import org.jspecify.annotations.NullMarked;
