/** Tests of what an ontology changes in plans. */
@NullMarked
package io.calque.nl2plan.ontology;

import org.jspecify.annotations.NullMarked;
