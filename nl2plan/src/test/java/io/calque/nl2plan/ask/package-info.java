/** Asking as a whole. Each test belongs to one thread. */
@NullMarked
package io.calque.nl2plan.ask;

import org.jspecify.annotations.NullMarked;
