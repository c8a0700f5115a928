/**
 * The workers that ask sources what they hold and publish the answers.
 *
 * <p>Sources are observed at the same time on the executor that the caller brings, each within its own budget; one that fails
 * fails alone and keeps what was known of it.
 */
@NullMarked
package io.calque.registry.introspect;

import org.jspecify.annotations.NullMarked;
