package io.calque.mongodb.pipeline;

import org.bson.BsonDocument;

/** The sign for a missing value in printed text. Immutable. */
final class Hole extends BsonDocument {
    private static final long serialVersionUID = 1L;

    private final String text;

    Hole(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hole hole && hole.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
