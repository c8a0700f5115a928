/**
 * Where the registry lives: one SQLite file with numbered migrations, in which every publication is a version.
 *
 * <p>{@link io.calque.registry.store.Registry} is the door and thread-safe; one thread at a time writes, in one transaction a
 * publication, and readers keep their own view meanwhile. Several processes may share the file.
 */
@NullMarked
package io.calque.registry.store;

import org.jspecify.annotations.NullMarked;
