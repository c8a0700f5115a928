/** Tests of the embedding model. */
@NullMarked
package io.calque.nl2plan.embed;

import org.jspecify.annotations.NullMarked;
