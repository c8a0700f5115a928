/**
 * How well questions are answered: a file of questions with the queries that answer them, run and compared. Single-threaded.
 */
@NullMarked
package io.calque.app.evaluation;

import org.jspecify.annotations.NullMarked;
