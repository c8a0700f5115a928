/**
 * What a source is: values that describe sources, the contract an adapter fulfils, and the error codes.
 *
 * <p>Floor 0 of the house: every other module but the driver and the embedded servers stands on it, and it sees none of
 * them. Its values are immutable; what is thread-safe or bound to one thread is said where it is declared.
 */
@NullMarked
package io.calque.spi;

import org.jspecify.annotations.NullMarked;
