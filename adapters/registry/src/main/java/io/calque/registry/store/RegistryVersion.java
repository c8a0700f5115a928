package io.calque.registry.store;

import java.time.Instant;

/**
 * One published version. Immutable.
 *
 * @param cause what made it, for people: {@code introspected crm}, {@code created view revenue}
 * @param author the person whose edit it is; empty for what Calque found by itself
 * @param changes how many changes are recorded with it
 */
public record RegistryVersion(long version, Instant publishedAt, String cause, String author, long changes) {}
