/** Tests of ontologies as files. */
@NullMarked
package io.calque.app.ontology;

import org.jspecify.annotations.NullMarked;
