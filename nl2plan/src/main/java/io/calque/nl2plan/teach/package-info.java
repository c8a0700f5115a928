/**
 * Questions that somebody answered once and for all: found again in other words, with other years, numbers and values. Immutable.
 */
@NullMarked
package io.calque.nl2plan.teach;

import org.jspecify.annotations.NullMarked;
