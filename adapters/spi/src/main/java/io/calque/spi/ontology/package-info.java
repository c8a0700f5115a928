/**
 * What the words of a business mean in terms of the catalog, as people wrote it down. Immutable values; kept by the registry, used by the
 * planner of questions.
 */
@NullMarked
package io.calque.spi.ontology;

import org.jspecify.annotations.NullMarked;
