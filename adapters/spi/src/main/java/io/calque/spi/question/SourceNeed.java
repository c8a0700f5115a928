package io.calque.spi.question;

import io.calque.spi.SourceId;
import java.util.List;

/**
 * Whether a question needs a source.
 *
 * @param score 0 to 1: how much speaks for it
 * @param evidence what does, best first
 */
public record SourceNeed(SourceId source, boolean needed, double score, List<String> evidence) {
    public SourceNeed {
        evidence = List.copyOf(evidence);
    }
}
