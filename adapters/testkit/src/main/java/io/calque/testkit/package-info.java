/**
 * What an adapter is held to: the contract test suite that every adapter passes, a small example adapter, and the embedded
 * servers that all tests of a JVM share ({@link io.calque.testkit.TestServers}).
 *
 * <p>Used in test scope only.
 */
@NullMarked
package io.calque.testkit;

import org.jspecify.annotations.NullMarked;
