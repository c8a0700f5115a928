package io.calque.jdbc.compiler;

import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Spells a finished statement: gives each relation its name and collects the slots. Single-threaded, used once. */
final class Rendering {
    private static final int LONGEST_STEM = 50;

    private final UnaryOperator<String> quote;
    private final Map<Relation, String> names = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<ParameterSlot> slots = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Rendering(Sql statement, UnaryOperator<String> quote) {
        this.quote = quote;
        name(statement);
        write(statement);
    }

    String text() {
        return text.toString();
    }

    List<ParameterSlot> slots() {
        return slots;
    }

    private void name(Sql sql) {
        for (Sql.Piece piece : sql.pieces()) {
            if (piece instanceof Sql.Named named) {
                Relation relation = named.relation();
                names.put(relation, free(relation));
                name(relation.source());
            }
        }
    }

    /** Names compare without case in SQLite, and PostgreSQL cuts them at 63 bytes. */
    private String free(Relation relation) {
        String base = relation.preferred();
        String stem = base.length() > LONGEST_STEM ? "t" : base;
        for (int number = 1; ; number++) {
            String name = !relation.isTable() ? base + number : number == 1 ? base : stem + "_" + number;
            if (taken.add(name.toLowerCase(Locale.ROOT))) {
                return name;
            }
        }
    }

    private void write(Sql sql) {
        for (Sql.Piece piece : sql.pieces()) {
            write(piece);
        }
    }

    private void write(Sql.Piece piece) {
        if (piece instanceof Sql.Text part) {
            text.append(part.text());
        } else if (piece instanceof Sql.Slot part) {
            text.append('?');
            slots.add(part.slot());
        } else if (piece instanceof Sql.Column part) {
            if (names.size() > 1) {
                text.append(quote.apply(names.get(part.relation()))).append('.');
            }
            text.append(quote.apply(part.name()));
        } else if (piece instanceof Sql.Named part) {
            Relation relation = part.relation();
            String name = names.getOrDefault(relation, relation.preferred());
            write(relation.source());
            if (!relation.isTable() || !name.equals(relation.preferred())) {
                text.append(" AS ").append(quote.apply(name));
            }
        }
    }
}
