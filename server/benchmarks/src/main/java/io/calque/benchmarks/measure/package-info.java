/**
 * How times are taken and kept: rounds in turns, so that both sides suffer alike from whatever else the machine does; medians; and files of
 * figures that later runs are held against. Single-threaded.
 */
@NullMarked
package io.calque.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
