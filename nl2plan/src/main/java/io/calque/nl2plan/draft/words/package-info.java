/**
 * From text to mentions: turns of phrase in plainer words, tokens, numbers, times, the words of the grammar and what the catalog
 * has a name for. Used for one question; the lists are immutable.
 */
@NullMarked
package io.calque.nl2plan.draft.words;

import org.jspecify.annotations.NullMarked;
