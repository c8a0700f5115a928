package io.calque.spi.question;

import io.calque.spi.TableName;
import io.calque.spi.access.Principal;
import java.util.List;

/** Finds words of a question among the values that columns hold at their sources. Thread-safe. */
@FunctionalInterface
public interface ValueLookup {
    /** Looks nothing up. */
    ValueLookup NONE = (words, places, asker) -> List.of();

    /**
     * Values that are equal to one of the words; of what could not be looked up in time, none. Fails never.
     *
     * @param words as the question spells them, several in one where they stand together
     * @param places where to look, those first that matter most
     * @param asker whose rights hold
     */
    List<Found> find(List<String> words, List<Place> places, Principal asker);

    /** A column to look in. */
    record Place(TableName table, String column) {}

    /**
     * A value that is there.
     *
     * @param value as the source spells it
     */
    record Found(Place place, String value) {}
}
