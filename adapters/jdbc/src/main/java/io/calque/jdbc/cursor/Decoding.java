package io.calque.jdbc.cursor;

/**
 * What a cursor must know of one column besides its type.
 *
 * @param form how the source holds the values
 * @param label the column as messages name it: {@code schema.table.column} for a stored one, else its name in the result
 */
public record Decoding(Form form, String label) {}
