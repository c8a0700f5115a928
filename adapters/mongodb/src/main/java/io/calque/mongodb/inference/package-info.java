/**
 * Learns a typed schema from documents: what types each path holds, which arrays are tables of their own, which keys hold.
 *
 * <p>A sample of each collection, its {@code $jsonSchema} validator and the types that a person declared go in; table
 * descriptors come out. Profiles are single-threaded; everything else is immutable or thread-safe.
 */
@NullMarked
package io.calque.mongodb.inference;

import org.jspecify.annotations.NullMarked;
