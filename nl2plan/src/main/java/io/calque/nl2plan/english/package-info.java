/**
 * What general English knows of a word: WordNet (Princeton), read in this process. Search asks it for words that no name, value or list
 * explains; it is loaded by the first question that has such a word and by nothing else. Thread-safe.
 */
@NullMarked
package io.calque.nl2plan.english;

import org.jspecify.annotations.NullMarked;
