/**
 * The command {@code calque}: arguments in, rows on stdout, everything else on stderr, an exit code.
 *
 * <p>Exit codes: 0 done, 1 a statement or source failed, 2 wrong arguments or configuration, 130 interrupted, 141 the reader of
 * stdout went away. Single-threaded.
 */
@NullMarked
package io.calque.app.cli;

import org.jspecify.annotations.NullMarked;
