/**
 * Questions in plain language, as the engine asks for their meaning. Immutable values, a thread-safe door.
 */
@NullMarked
package io.calque.spi.question;

import org.jspecify.annotations.NullMarked;
