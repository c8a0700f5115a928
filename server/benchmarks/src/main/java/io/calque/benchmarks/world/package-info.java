/** What the drivers of the databases do alone with the very requests that Calque sends them. */
@NullMarked
package io.calque.benchmarks.world;

import org.jspecify.annotations.NullMarked;
