package io.calque.nl2plan.draft.request;

import java.util.List;

/**
 * What a question asks for.
 *
 * @param unexplained words that nothing explained
 */
public record Understood(Request request, List<String> unexplained) {
    public Understood {
        unexplained = List.copyOf(unexplained);
    }
}
