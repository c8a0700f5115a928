/** Tests. */
@NullMarked
package io.calque.nl2plan.plan;

import org.jspecify.annotations.NullMarked;
