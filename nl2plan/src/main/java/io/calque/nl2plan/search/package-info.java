/**
 * What the words of a question may mean in a catalog, in tiers: what is written down, names and values exactly and by synonym (the
 * lexicon, in memory, of what one asker may read); names and comments by BM25, and by meaning (an index of all names, beside the registry). What it
 * is made of follows the registry. Values but for the index and its vectors, which are thread-safe.
 */
@NullMarked
package io.calque.nl2plan.search;

import org.jspecify.annotations.NullMarked;
