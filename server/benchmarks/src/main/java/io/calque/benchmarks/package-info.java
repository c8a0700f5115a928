/**
 * How fast it is: TPC-H worlds over the embedded sources, whose results are checked before they are timed.
 */
@NullMarked
package io.calque.benchmarks;

import org.jspecify.annotations.NullMarked;
