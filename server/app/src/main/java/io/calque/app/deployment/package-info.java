/**
 * A configuration brought to life: what commands may ask of the sources, the registry and the engine, without knowing them.
 *
 * <p>{@code Main} wires the parts behind these interfaces; the command line, the shell and the demo stand before them.
 * Thread-safe.
 */
@NullMarked
package io.calque.app.deployment;

import org.jspecify.annotations.NullMarked;
