/** When rewrites apply. Single-threaded. */
@NullMarked
package io.calque.planner.rewrite;

import org.jspecify.annotations.NullMarked;
