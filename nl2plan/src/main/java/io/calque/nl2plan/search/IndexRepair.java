package io.calque.nl2plan.search;

import java.time.Instant;

/**
 * An index that differed from the registry, and was or will be made equal. Immutable.
 *
 * @param version of the registry that it differs from
 * @param what differed, one clause
 */
public record IndexRepair(Instant at, long version, String what) {}
