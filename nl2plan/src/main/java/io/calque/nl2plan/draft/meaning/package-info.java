/**
 * Which of the things that words may mean fits the rest of the question: the tables that it names attract; which date, number or name of a
 * table is meant; how tables hang together. Used for one question.
 */
@NullMarked
package io.calque.nl2plan.draft.meaning;

import org.jspecify.annotations.NullMarked;
