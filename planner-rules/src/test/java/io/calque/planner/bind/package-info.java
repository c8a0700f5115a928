/** Tests of the choice of key sets. */
@NullMarked
package io.calque.planner.bind;

import org.jspecify.annotations.NullMarked;
