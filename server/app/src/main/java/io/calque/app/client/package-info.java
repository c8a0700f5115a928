/**
 * One way to ask for rows, whether the engine runs in this process or behind {@code jdbc:calque://}.
 *
 * <p>Stands between the command line and the shell on one side, and the engine's session or a JDBC connection on the other.
 * An in-process session is asked directly: going through the driver would load a second copy of the wire protocol before the
 * first row. A client is used by one thread, but for {@code cancel}.
 */
@NullMarked
package io.calque.app.client;

import org.jspecify.annotations.NullMarked;
