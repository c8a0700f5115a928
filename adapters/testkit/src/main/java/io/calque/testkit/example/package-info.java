/**
 * A small adapter to learn from: a folder of CSV files as a source of kind {@code csv}. {@code docs/adapters.md} walks through
 * it, and it passes the same contract suite as the adapters for real databases.
 *
 * <p>Regions between {@code [doc: name]} and {@code [end]} are quoted in that guide. It is found by no
 * {@link java.util.ServiceLoader}: it is here to be read, not to be shipped.
 */
@NullMarked
package io.calque.testkit.example;

import org.jspecify.annotations.NullMarked;
