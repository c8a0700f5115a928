package io.calque.app.config;

import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.spi.SourceId;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often a server looks at its sources by itself, and what of their values it keeps. Immutable.
 *
 * @param every for sources without a setting of their own; zero for never
 * @param sources their own settings
 * @param values a column of short text with at most so many different values is kept with all of them; 0 keeps none
 */
public record IntrospectionSettings(Duration every, SortedMap<SourceId, Duration> sources, int values) {
    /** An introspection that finds nothing new costs a source some catalog queries. */
    public static final IntrospectionSettings DEFAULT =
            new IntrospectionSettings(Duration.ofHours(1), new TreeMap<>(), IntrospectionOptions.DEFAULT_VALUES);

    public IntrospectionSettings {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    /** Empty for never. */
    public Optional<Duration> of(SourceId source) {
        return Optional.of(sources.getOrDefault(source, every)).filter(d -> !d.isZero());
    }
}
