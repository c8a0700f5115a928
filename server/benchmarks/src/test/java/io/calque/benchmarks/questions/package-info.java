/** The question set of {@code nl2plan}'s tests: its golds, held against PostgreSQL. Each test belongs to one thread. */
@NullMarked
package io.calque.benchmarks.questions;

import org.jspecify.annotations.NullMarked;
