/**
 * JMH benchmarks of operators, and how all of JMH's are run. Those of decoders and frames stand in the packages of what they measure, to reach it. Each
 * checks its answer before it is timed.
 */
@NullMarked
package io.calque.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
