package io.calque.nl2plan.search;

import java.util.List;

/**
 * What a word that no name explains is taken as.
 *
 * @param as the words of the catalog
 * @param links best first, never empty
 */
public record Taken(String as, List<Link> links) {
    public Taken {
        links = List.copyOf(links);
    }
}
