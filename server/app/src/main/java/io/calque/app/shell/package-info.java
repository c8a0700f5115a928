/**
 * {@code calque shell}: SQL typed line by line, with history, completion, commands that start with a backslash, and a pager.
 *
 * <p>Stands on a {@link io.calque.app.client.QueryClient}, here or at a server. One thread reads and runs; the terminal's signal
 * thread only cancels.
 */
@NullMarked
package io.calque.app.shell;

import org.jspecify.annotations.NullMarked;
