package io.calque.app;

import io.calque.app.config.SourceChanges;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The open sources of a configuration. Thread-safe; closing it closes them. */
final class ConfiguredSources implements AutoCloseable {
    private final Map<String, Adapter> adapters;
    private final Map<SourceId, Source> sources = new TreeMap<>();

    private ConfiguredSources(Map<String, Adapter> adapters) {
        this.adapters = adapters;
    }

    /** @throws QueryException CONFIG_INVALID when a source can never work; the others are closed then */
    static ConfiguredSources open(Map<String, Adapter> adapters, Collection<SourceConfig> configs) {
        ConfiguredSources opened = new ConfiguredSources(adapters);
        try {
            for (SourceConfig config : configs) {
                opened.sources.put(config.id(), opened.open(config));
            }
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private Source open(SourceConfig config) {
        return adapter(adapters, config).open(config);
    }

    static Adapter adapter(Map<String, Adapter> adapters, SourceConfig config) {
        Adapter adapter = adapters.get(config.kind());
        if (adapter == null) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Source '" + config.id() + "' has the unknown kind '" + config.kind() + "'; known kinds: "
                            + String.join(", ", adapters.keySet()));
        }
        return adapter;
    }

    /** By id. */
    synchronized List<Source> all() {
        return List.copyOf(sources.values());
    }

    synchronized List<SourceId> ids() {
        return List.copyOf(sources.keySet());
    }

    /**
     * Opens what is new and forgets what is gone.
     *
     * @return the sources that nobody may be given any more, for the caller to close
     */
    synchronized List<Source> apply(SourceChanges changes) {
        Map<SourceId, Source> opened = new TreeMap<>();
        try {
            changes.added().forEach(config -> opened.put(config.id(), open(config)));
            changes.changed().forEach(config -> opened.put(config.id(), open(config)));
        } catch (RuntimeException e) {
            opened.values().forEach(Source::close);
            throw e;
        }
        List<Source> leaving = new ArrayList<>();
        opened.forEach((id, source) -> addUnlessNull(leaving, sources.put(id, source)));
        changes.removed().forEach(id -> addUnlessNull(leaving, sources.remove(id)));
        return leaving;
    }

    private static void addUnlessNull(List<Source> list, @Nullable Source source) {
        if (source != null) {
            list.add(source);
        }
    }

    @Override
    public synchronized void close() {
        sources.values().forEach(Source::close);
        sources.clear();
    }
}
