/**
 * Databases that need no installation: PostgreSQL as a child process, a server that speaks MongoDB's wire protocol, and
 * SQLite files, with writers that fill them quickly.
 *
 * <p>Serves the demo, the benchmarks and the tests; depends on no other module. Servers listen on the loopback interface
 * only, on free ports. Whoever starts a server closes it; what is still open when the JVM ends (a signal included) is
 * closed by a shutdown hook, so that no process and no temporary file is left behind. Two things outlive the JVM on
 * purpose or by force: the unpacked PostgreSQL programs, kept in the user's cache directory ({@link BinaryCache}), and,
 * after {@code kill -9}, whatever a hook would have removed.
 *
 * <p>Servers and files are safe for use by several threads; a {@link RowWriter} belongs to one.
 */
@NullMarked
package io.calque.embedded;

import org.jspecify.annotations.NullMarked;
