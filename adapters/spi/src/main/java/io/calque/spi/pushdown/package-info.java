/**
 * What a source can say of relational algebra, and how it says it: the only Calcite-typed part of the contract. Thread-safe.
 */
@NullMarked
package io.calque.spi.pushdown;

import org.jspecify.annotations.NullMarked;
