/**
 * Databases that need no installation: embedded PostgreSQL, a server that speaks MongoDB's wire protocol, and SQLite,
 * with sample data to fill them.
 *
 * <p>Serves the demo, the benchmarks and the tests; depends on no other module. Whoever starts a server stops it.
 */
@NullMarked
package io.calque.embedded;

import org.jspecify.annotations.NullMarked;
