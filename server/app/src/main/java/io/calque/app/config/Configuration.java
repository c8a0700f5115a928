package io.calque.app.config;

import io.calque.spi.source.SourceConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole {@code calque.yaml}, with every reference resolved. Immutable.
 *
 * @param origin the file it came from, absolute; for messages and for relative paths
 * @param sources in the file's order
 * @param registry file of the schema registry, absolute
 */
public record Configuration(
        Path origin,
        List<SourceConfig> sources,
        Path registry,
        ServerSettings server,
        Limits limits,
        IntrospectionSettings introspection,
        SearchSettings search) {
    public static final String DEFAULT_FILE = "calque.yaml";
    static final String DEFAULT_REGISTRY = ".calque/registry.db";

    public Configuration {
        sources = List.copyOf(sources);
    }

    /** A configuration without a file, as the demo makes one. */
    public static Configuration of(Path directory, List<SourceConfig> sources, ServerSettings server) {
        return new Configuration(
                directory.resolve(DEFAULT_FILE),
                sources,
                directory.resolve(DEFAULT_REGISTRY),
                server,
                Limits.DEFAULT,
                IntrospectionSettings.DEFAULT,
                SearchSettings.DEFAULT);
    }
}
