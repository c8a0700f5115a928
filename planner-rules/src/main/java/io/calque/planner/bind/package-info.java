/**
 * Joins between sources whose larger side fetches only rows whose keys the smaller side has: which joins, in which direction, by cost.
 *
 * <p>Works on the enumerable plan, after the operators are chosen and before fetches are numbered. The join itself stays as it was, so
 * that keys only ever leave out rows that would have met no partner. Single-threaded while planning.
 */
@NullMarked
package io.calque.planner.bind;

import org.jspecify.annotations.NullMarked;
