/** Invented databases that questions in tests are about. */
@NullMarked
package io.calque.nl2plan.worlds;

import org.jspecify.annotations.NullMarked;
