/** Tests of the type system. */
@NullMarked
package io.calque.planner.types;

import org.jspecify.annotations.NullMarked;
