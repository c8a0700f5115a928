/**
 * {@code calque demo}: three databases started, filled, joined and shown, without any of them being installed.
 *
 * <p>Opens a deployment as any configuration would; only its sources are special. Single-threaded.
 */
@NullMarked
package io.calque.app.demo;

import org.jspecify.annotations.NullMarked;
