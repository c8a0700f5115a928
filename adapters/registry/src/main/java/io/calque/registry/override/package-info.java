/**
 * Applies overrides to what was observed, giving the catalog that SQL sees. Stateless; values are immutable.
 *
 * <p>Runs whenever a snapshot is built, so that a new introspection keeps the overrides. What cannot be applied, because its
 * object is gone or another name is in the way, stays in the registry and says why.
 */
@NullMarked
package io.calque.registry.override;

import org.jspecify.annotations.NullMarked;
