/**
 * Connections: how many, how they are opened, and how a driver's failures and a source's options become messages for people.
 *
 * <p>The bottom of this module: every other package of it stands on this one. Thread-safe.
 */
@NullMarked
package io.calque.jdbc.pool;

import org.jspecify.annotations.NullMarked;
