/** Tests. */
@NullMarked
package io.calque.app.question;

import org.jspecify.annotations.NullMarked;
