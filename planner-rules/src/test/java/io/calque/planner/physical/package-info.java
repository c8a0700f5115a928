/** Tests of what plans are made of. */
@NullMarked
package io.calque.planner.physical;

import org.jspecify.annotations.NullMarked;
