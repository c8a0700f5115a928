/** Tests of the operators and of what they are made of. */
@NullMarked
package io.calque.engine.operator;

import org.jspecify.annotations.NullMarked;
