/**
 * Between expressions as text and Calcite: the only part of this room that names its types. Stateless.
 */
@NullMarked
package io.calque.nl2plan.translate;

import org.jspecify.annotations.NullMarked;
