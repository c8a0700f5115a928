package io.calque.spi.source;

import io.calque.spi.type.DataType;

/**
 * A hole in a native query that one value of the statement's parameters fills.
 *
 * @param parameter index of the statement's parameter, from 0
 * @param type the type that the fragment gives it; the value arrives in it
 */
public record ParameterSlot(int parameter, DataType type) {}
