/**
 * The door: a question in, a checked plan with its SQL, words and confidence out; or a reason to decline, with choices. Thread-safe.
 */
@NullMarked
package io.calque.nl2plan.ask;

import org.jspecify.annotations.NullMarked;
