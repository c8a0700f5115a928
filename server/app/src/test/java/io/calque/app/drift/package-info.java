/** Sources that change under a running engine: what is noticed, what it breaks, what is said. */
@NullMarked
package io.calque.app.drift;

import org.jspecify.annotations.NullMarked;
