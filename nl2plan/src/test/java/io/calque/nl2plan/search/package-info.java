/** Tests of search over a catalog. */
@NullMarked
package io.calque.nl2plan.search;

import org.jspecify.annotations.NullMarked;
