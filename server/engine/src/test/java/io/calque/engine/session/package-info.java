/** Tests of what sessions do on their own. */
@NullMarked
package io.calque.engine.session;

import org.jspecify.annotations.NullMarked;
