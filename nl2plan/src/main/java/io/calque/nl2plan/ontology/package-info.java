/**
 * What people wrote down of the meaning of words, for the planner: checked against the catalog, read into questions before they are drafted,
 * and resolved in the plan afterwards. The draft itself knows nothing of it. Immutable, thread-safe.
 */
@NullMarked
package io.calque.nl2plan.ontology;

import org.jspecify.annotations.NullMarked;
