/**
 * Finds which columns refer to which keys, across all sources, from names, types and values. After introspection: reads a bounded part
 * of each table through its source, compares sketches, and hands back relationships with their evidence; what is kept is the
 * registry's to say. {@link io.calque.registry.relate.Weights} holds every figure that decides. {@link
 * io.calque.registry.relate.RelationshipInference} is thread-safe; everything below it belongs to one run.
 */
@NullMarked
package io.calque.registry.relate;

import org.jspecify.annotations.NullMarked;
