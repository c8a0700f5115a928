/** Proof that the hand-written fragments lack nothing: their rows make the right answers. Single-threaded. */
@NullMarked
package io.calque.benchmarks.fragments;

import org.jspecify.annotations.NullMarked;
