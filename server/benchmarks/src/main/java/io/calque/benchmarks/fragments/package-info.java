/**
 * The best requests that a person can think of for each query of TPC-H, written by hand in the databases' own languages, and what the
 * databases' own drivers take for them: the measure for how much of a query's time is Calque's. Single-threaded but for the fetches.
 */
@NullMarked
package io.calque.benchmarks.fragments;

import org.jspecify.annotations.NullMarked;
