/**
 * Turns that lean on those before them: what each changes in the question that was understood. Used for one conversation.
 */
@NullMarked
package io.calque.nl2plan.draft.conversation;

import org.jspecify.annotations.NullMarked;
