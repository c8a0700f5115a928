package io.calque.jdbc.compiler;

import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.List;

/**
 * SQL text in the making: pieces whose final spelling waits until the whole statement is known. Immutable; joining two keeps the
 * order of their parameters, so slots come out in text order.
 */
final class Sql {
    private final List<Piece> pieces;

    private Sql(List<Piece> pieces) {
        this.pieces = pieces;
    }

    sealed interface Piece {}

    record Text(String text) implements Piece {}

    record Slot(ParameterSlot slot) implements Piece {}

    /** A column; qualified only where the statement reads more than one relation. */
    record Column(Relation relation, String name) implements Piece {}

    /** A relation where FROM names it. */
    record Named(Relation relation) implements Piece {}

    static Sql of(String text) {
        return new Sql(List.of(new Text(text)));
    }

    static Sql slot(ParameterSlot slot) {
        return new Sql(List.of(new Slot(slot)));
    }

    static Sql column(Relation relation, String name) {
        return new Sql(List.of(new Column(relation, name)));
    }

    static Sql named(Relation relation) {
        return new Sql(List.of(new Named(relation)));
    }

    /** Text and {@link Sql}, one after the other. */
    static Sql of(Object... parts) {
        List<Piece> pieces = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Sql sql) {
                pieces.addAll(sql.pieces);
            } else {
                pieces.add(new Text((String) part));
            }
        }
        return new Sql(List.copyOf(pieces));
    }

    static Sql joined(String separator, List<Sql> parts) {
        List<Piece> pieces = new ArrayList<>();
        for (Sql part : parts) {
            if (!pieces.isEmpty()) {
                pieces.add(new Text(separator));
            }
            pieces.addAll(part.pieces);
        }
        return new Sql(List.copyOf(pieces));
    }

    List<Piece> pieces() {
        return pieces;
    }

    boolean hasSlots() {
        return pieces.stream().anyMatch(Slot.class::isInstance);
    }
}
