package io.calque.nl2plan.search;

/**
 * A name near in meaning.
 *
 * @param table as {@link TableText#key}
 * @param column empty for the table itself
 * @param cosine 0 to 1
 */
record NearName(String table, String column, double cosine) {}
