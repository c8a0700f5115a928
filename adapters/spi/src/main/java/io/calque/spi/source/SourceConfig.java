package io.calque.spi.source;

import io.calque.spi.SourceId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One source as the configuration names it, with all references to environment and files already resolved.
 *
 * @param url {@code jdbc:postgresql://...}, {@code mongodb://...}, {@code mongodb+srv://...}, {@code jdbc:sqlite:path}
 * @param include patterns {@code schema.table} with {@code *}; empty means everything
 * @param exclude likewise; wins over include
 * @param permits how many native queries may run at once, at least 1
 * @param poolSize how many connections may be open at once, at least {@code permits}
 * @param connectTimeout how long to wait for a connection
 * @param options what only the adapter reads; sorted by key; an unknown key is CONFIG_INVALID
 */
public record SourceConfig(
        SourceId id,
        String kind,
        String url,
        Optional<String> user,
        Optional<Secret> password,
        List<String> include,
        List<String> exclude,
        int permits,
        int poolSize,
        Duration connectTimeout,
        SortedMap<String, String> options) {

    public static final int DEFAULT_PERMITS = 8;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    public SourceConfig {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        if (permits < 1 || poolSize < permits) {
            throw new IllegalArgumentException("source " + id + " needs at least 1 permit and a pool no smaller");
        }
    }

    /** Defaults for everything but the address. */
    public static SourceConfig of(SourceId id, String kind, String url) {
        return new SourceConfig(
                id,
                kind,
                url,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                DEFAULT_PERMITS,
                DEFAULT_PERMITS + 2,
                DEFAULT_CONNECT_TIMEOUT,
                new TreeMap<>());
    }

    public SourceConfig withCredentials(String newUser, Secret newPassword) {
        return new SourceConfig(
                id,
                kind,
                url,
                Optional.of(newUser),
                Optional.of(newPassword),
                include,
                exclude,
                permits,
                poolSize,
                connectTimeout,
                options);
    }

    public SourceConfig withOptions(Map<String, String> newOptions) {
        return new SourceConfig(
                id,
                kind,
                url,
                user,
                password,
                include,
                exclude,
                permits,
                poolSize,
                connectTimeout,
                new TreeMap<>(newOptions));
    }

    /** Whether {@code include} and {@code exclude} let this table in; patterns compare without case. */
    public boolean selects(String schema, String table) {
        return (include.isEmpty() || include.stream().anyMatch(p -> NamePattern.matches(p, schema, table)))
                && exclude.stream().noneMatch(p -> NamePattern.matches(p, schema, table));
    }
}
