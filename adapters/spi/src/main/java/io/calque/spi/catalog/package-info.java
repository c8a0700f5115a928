/**
 * What is known of the sources' schemas: one immutable snapshot that a query takes at the door. Immutable values.
 */
@NullMarked
package io.calque.spi.catalog;

import org.jspecify.annotations.NullMarked;
