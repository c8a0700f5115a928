/** Tests of what general English knows. */
@NullMarked
package io.calque.nl2plan.english;

import org.jspecify.annotations.NullMarked;
