/**
 * Questions in plain language, as the engine asks for their meaning and as their planner asks for a dry run. Immutable values, thread-safe doors.
 */
@NullMarked
package io.calque.spi.question;

import org.jspecify.annotations.NullMarked;
