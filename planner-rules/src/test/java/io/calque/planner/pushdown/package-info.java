/** Tests of what goes into a source, and what is implied there. */
@NullMarked
package io.calque.planner.pushdown;

import org.jspecify.annotations.NullMarked;
