package io.calque.embedded;

/**
 * How to reach one MongoDB database. Immutable.
 *
 * @param connectionString with the database as its path
 */
public record MongoDatabaseAddress(String connectionString, String database) {}
