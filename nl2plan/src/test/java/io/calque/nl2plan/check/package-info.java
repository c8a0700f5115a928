/** Tests. */
@NullMarked
package io.calque.nl2plan.check;

import org.jspecify.annotations.NullMarked;
