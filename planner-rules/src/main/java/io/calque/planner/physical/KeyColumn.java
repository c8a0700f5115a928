package io.calque.planner.physical;

import io.calque.spi.type.DataType;

/**
 * A column of a fetch that keys are compared with.
 *
 * @param column of the fetch's rows
 * @param name for people
 * @param type of that column; keys are sent in it
 */
public record KeyColumn(int column, String name, DataType type) {}
