/** Tests. */
@NullMarked
package io.calque.nl2plan.draft.words;

import org.jspecify.annotations.NullMarked;
