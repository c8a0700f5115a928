package io.calque.spi.question;

import io.calque.spi.SourceId;

/**
 * Something of the catalog that words of a question name.
 *
 * @param kind {@code table}, {@code column}, {@code value}, or {@code term} for what an ontology defines
 * @param element dotted, in full; of a value its column
 * @param words of the question, or the value that they name
 * @param score 0 to 1
 */
public record SchemaMatch(String kind, String element, SourceId source, String words, double score) {}
