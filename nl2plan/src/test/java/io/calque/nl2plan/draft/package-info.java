/** Tests. */
@NullMarked
package io.calque.nl2plan.draft;

import org.jspecify.annotations.NullMarked;
