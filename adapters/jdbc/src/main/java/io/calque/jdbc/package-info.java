/**
 * How PostgreSQL and SQLite are read: what every source behind a JDBC driver shares.
 *
 * <p>Each database has a package of its own below this one.
 */
@NullMarked
package io.calque.jdbc;

import org.jspecify.annotations.NullMarked;
