package io.calque.nl2plan.search;

import java.util.List;

/**
 * A name of the catalog as it is indexed. Immutable.
 *
 * @param column empty for the table itself
 * @param stems its words, without what all its siblings share
 * @param phrase the same words spelled out, as a person would say them
 * @param comment stems of what the source says about it
 */
record NameText(String column, List<String> stems, String phrase, List<String> comment) {
    NameText {
        stems = List.copyOf(stems);
        comment = List.copyOf(comment);
    }
}
