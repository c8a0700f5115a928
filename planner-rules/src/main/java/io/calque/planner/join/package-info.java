/**
 * The order of inner joins: same-source joins first, then the smallest estimated result. Stateless.
 */
@NullMarked
package io.calque.planner.join;

import org.jspecify.annotations.NullMarked;
