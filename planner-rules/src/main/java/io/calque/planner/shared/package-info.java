/**
 * Finds what several places of a plan read alike, so that it is fetched and computed once: whole sub-plans, and what two runs of joins have in
 * common. Works on algebra before joins are ordered; which finding pays is decided by comparing the cost of whole plans. Single-threaded while
 * planning.
 */
@NullMarked
package io.calque.planner.shared;

import org.jspecify.annotations.NullMarked;
