/** A small shop over two sources, as the registry would know it. */
@NullMarked
package io.calque.nl2plan.shop;

import org.jspecify.annotations.NullMarked;
