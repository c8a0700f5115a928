/** Tests of taught questions. */
@NullMarked
package io.calque.nl2plan.teach;

import org.jspecify.annotations.NullMarked;
