/** Our MongoDB adapter beside Calcite's own, over one server: who is right, and who asks the server for what. Single-threaded. */
@NullMarked
package io.calque.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
