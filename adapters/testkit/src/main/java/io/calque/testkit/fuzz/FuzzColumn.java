package io.calque.testkit.fuzz;

import java.util.List;

/**
 * A column of a random table.
 *
 * @param name as Calque shows it: fields of nested documents have dots
 * @param domain which values it holds
 * @param nullShare of its rows, from 0 to 1
 */
public record FuzzColumn(String name, Storage storage, Domain domain, double nullShare) {
    /** Which values a column holds. */
    public enum Domain {
        /** 1, 2, 3 and so on: every row another. */
        KEY,
        /** A few small values, shared by all tables: what joins find partners by. */
        LINK,
        /** Values that arithmetic and sums take without overflow or rounding. */
        TAME,
        /** Extremes and oddities; nothing is computed from them, but compared, grouped and sorted they are. */
        WILD,
        /** The place in an array, from 1. */
        ORDINAL
    }

    public Family family() {
        return storage.family();
    }

    public boolean isTame() {
        return domain != Domain.WILD;
    }

    /** Steps into the document. */
    List<String> path() {
        return List.of(name.split("\\."));
    }
}
