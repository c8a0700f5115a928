package io.calque.mongodb.cursor;

/** What a value that its column's type cannot hold becomes. */
public enum Mismatch {
    /** SOURCE_VALUE_INVALID, naming the field and the override. */
    ERROR,
    /** SQL NULL. */
    NULL
}
