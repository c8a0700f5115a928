/**
 * What is out there: the schema registry, its store, and the introspection that fills it.
 *
 * <p>Adapters observe and measure; the registry keeps what they saw with its history and hands out immutable catalog
 * snapshots, one for each query.
 */
@NullMarked
package io.calque.registry;

import org.jspecify.annotations.NullMarked;
