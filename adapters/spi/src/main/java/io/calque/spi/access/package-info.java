/**
 * Who asks and what they may see. Immutable values, thread-safe policies.
 */
@NullMarked
package io.calque.spi.access;

import org.jspecify.annotations.NullMarked;
