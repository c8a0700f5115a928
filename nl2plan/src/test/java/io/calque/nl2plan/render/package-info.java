/** Tests. */
@NullMarked
package io.calque.nl2plan.render;

import org.jspecify.annotations.NullMarked;
