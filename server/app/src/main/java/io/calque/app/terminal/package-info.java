/**
 * A person or a pipe at the other end: the process's streams, statements run and written there, failures and progress told.
 *
 * <p>Used by the command line, the shell and the demo alike. Single-threaded, but for interruption and progress.
 */
@NullMarked
package io.calque.app.terminal;

import org.jspecify.annotations.NullMarked;
