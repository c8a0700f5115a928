/** What join orders rest on. Single-threaded. */
@NullMarked
package io.calque.planner.join;

import org.jspecify.annotations.NullMarked;
