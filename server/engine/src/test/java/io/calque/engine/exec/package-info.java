/** Tests of how queries run. */
@NullMarked
package io.calque.engine.exec;

import org.jspecify.annotations.NullMarked;
