/** What estimates are made of. Single-threaded. */
@NullMarked
package io.calque.planner.metadata;

import org.jspecify.annotations.NullMarked;
