/**
 * Normalisation before pushdown: subqueries, decorrelation, predicates moved down, common conjuncts, trimmed columns.
 */
@NullMarked
package io.calque.planner.rewrite;

import org.jspecify.annotations.NullMarked;
