package io.calque.benchmarks.world;

import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;

/** One native query that a source was sent, with the values in its slots. Immutable. */
public record RecordedRead(NativeQuery query, Bindings bindings) {}
