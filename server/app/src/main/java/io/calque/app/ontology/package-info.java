/**
 * Ontologies as files: Calque's own YAML and Open Semantic Interchange, read and written without loss. Stateless.
 */
@NullMarked
package io.calque.app.ontology;

import org.jspecify.annotations.NullMarked;
