/**
 * What changed between two versions of the catalog, as typed values. Immutable.
 *
 * <p>Computed while a version is published, kept with it, and shown as {@code system.drift}.
 */
@NullMarked
package io.calque.registry.drift;

import org.jspecify.annotations.NullMarked;
