package io.calque.nl2plan.embed;

/** Makes vectors of texts. Thread-safe. */
public interface Embedder {
    /** What made the vectors: those of different names cannot be compared. */
    String name();

    /** How long the vectors are. */
    int dimensions();

    /** A vector of length one; the scalar product of two is the cosine of their texts. */
    float[] embed(String text);
}
