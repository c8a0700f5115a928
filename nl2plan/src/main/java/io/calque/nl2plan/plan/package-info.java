/**
 * The plan document: a flat graph of named nodes with scalar expressions as SQL text, and its JSON form. Immutable values.
 */
@NullMarked
package io.calque.nl2plan.plan;

import org.jspecify.annotations.NullMarked;
