/**
 * {@code calque bench}: measurements as commands. Each starts databases of its own, checks the answers, and only then takes times; a table goes to
 * stdout, what it is doing to stderr. Single-threaded.
 */
@NullMarked
package io.calque.benchmarks.command;

import org.jspecify.annotations.NullMarked;
