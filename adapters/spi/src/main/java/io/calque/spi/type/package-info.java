/**
 * Engine types without Calcite. Immutable values.
 */
@NullMarked
package io.calque.spi.type;

import org.jspecify.annotations.NullMarked;
