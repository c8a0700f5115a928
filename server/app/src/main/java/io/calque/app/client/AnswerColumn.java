package io.calque.app.client;

/**
 * A column of an answer.
 *
 * @param type its SQL type, for people
 */
public record AnswerColumn(String label, String type, Alignment alignment) {
    /** On which side a table keeps its values. */
    public enum Alignment {
        LEFT,
        RIGHT
    }
}
