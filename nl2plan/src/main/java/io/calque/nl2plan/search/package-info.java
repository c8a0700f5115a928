/**
 * What the words of a question may mean in a catalog: names, comments, synonyms and values, in tiers. Immutable, thread-safe.
 */
@NullMarked
package io.calque.nl2plan.search;

import org.jspecify.annotations.NullMarked;
