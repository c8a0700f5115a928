/**
 * What an adapter is held to: the contract test suite that every adapter passes, and a small example adapter.
 *
 * <p>Used in test scope only.
 */
@NullMarked
package io.calque.testkit;

import org.jspecify.annotations.NullMarked;
