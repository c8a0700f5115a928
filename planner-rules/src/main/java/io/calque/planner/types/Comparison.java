package io.calque.planner.types;

import io.calque.spi.type.DataType;

/** How values of two types are compared. Immutable. */
public sealed interface Comparison {
    /** Both sides as {@code type}. */
    record As(DataType type) implements Comparison {}

    /** Only a text literal is read as {@code type}: a text column would have to be cast by its user, row by row and with errors. */
    record LiteralAs(DataType type) implements Comparison {}

    /** The types have nothing to say to each other. */
    record Refused() implements Comparison {}
}
