/**
 * What people say of sources, tables and columns: overrides, tags and owners, and which inferred relationships hold. Immutable
 * values.
 *
 * <p>An edit names the revision it was made from; {@link io.calque.registry.store.Registry} refuses a stale one and publishes a
 * version for every other.
 */
@NullMarked
package io.calque.registry.annotate;

import org.jspecify.annotations.NullMarked;
