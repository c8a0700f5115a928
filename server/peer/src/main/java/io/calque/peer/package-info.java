/**
 * Calcite's own MongoDB adapter answers queries over a collection, for comparison with ours. Nothing depends on this; the comparison in
 * {@code server/benchmarks} starts it as a process of its own, because it needs another version of the driver. Single-threaded.
 */
@NullMarked
package io.calque.peer;

import org.jspecify.annotations.NullMarked;
