package io.calque.benchmarks.fragments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request to one source.
 *
 * @param source {@code pg}, {@code mongo} or {@code lite}
 * @param name of its rows, unique within a query
 * @param collection what MongoDB reads, and how: {@code orders.find}; empty for SQL
 * @param text SQL, or an array: filter and projection, the stages of a pipeline, or a field and a filter
 * @param kept the rows that the reader keeps, by values of another fragment's column
 * @param atOnce how many of its values are sent with one request
 */
record Fragment(String source, String name, String collection, String text, Optional<Kept> kept, int atOnce) {
    private static final Pattern SLOT = Pattern.compile("(?<!:):([a-z]\\w*)\\.(\\w+)(\\[\\])?");

    /**
     * Values of another fragment's column.
     *
     * @param inOrder one a row, as they come; else each value once
     */
    record Slot(String fragment, String column, boolean inOrder) {}

    /** Rows whose {@code field} is among the values. */
    record Kept(String field, Slot values) {}

    /** A text and the values that stand in it, in its order. */
    record Template(String text, List<Slot> slots) {}

    /** The text with {@code stand} in place of each slot, in which {@code $n} is the slot's number. */
    Template template(String stand) {
        List<Slot> slots = new ArrayList<>();
        Matcher matcher = SLOT.matcher(text);
        String plain = matcher.replaceAll(found -> {
            slots.add(slot(found.group(1), found.group(2), found.group(3) != null));
            return Matcher.quoteReplacement(stand.replace("$n", String.valueOf(slots.size() - 1)));
        });
        return new Template(plain, slots);
    }

    static Slot slot(String fragment, String column, boolean inOrder) {
        return new Slot(fragment, column, inOrder);
    }
}
