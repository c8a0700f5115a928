/**
 * What a source is: names, errors and the contracts that every other module speaks.
 *
 * <p>Floor 0 of the house: depends on nothing of Calque. All values are immutable; interfaces state their thread rules.
 */
@NullMarked
package io.calque.spi;

import org.jspecify.annotations.NullMarked;
