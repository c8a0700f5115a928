/**
 * The final plan: enumerable operators over fetches from sources. Single-threaded while planning.
 */
@NullMarked
package io.calque.planner.physical;

import org.jspecify.annotations.NullMarked;
