/** The servers that benchmark databases are made on: embedded ones, or given ones that are left as they were found. */
@NullMarked
package io.calque.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
