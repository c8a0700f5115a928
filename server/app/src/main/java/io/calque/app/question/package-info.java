/**
 * Questions in plain language as people ask them at a terminal: how each was understood, what it may mean instead, its rows. Single-threaded.
 */
@NullMarked
package io.calque.app.question;

import org.jspecify.annotations.NullMarked;
