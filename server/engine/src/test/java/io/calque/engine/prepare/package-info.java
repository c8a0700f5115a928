/** Tests of how statements are read, named and planned. */
@NullMarked
package io.calque.engine.prepare;

import org.jspecify.annotations.NullMarked;
