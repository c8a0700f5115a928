/** An engine whose answers are scripted, for tests of everything around it. */
@NullMarked
package io.calque.app.fake;

import org.jspecify.annotations.NullMarked;
