package io.calque.engine;

import io.calque.engine.names.NearestName;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Source;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sources configured now. Thread-safe; whoever replaces sources closes the old ones when nobody reads them any more. */
public final class SourceSet {
    private record State(long version, Map<SourceId, Source> sources) {}

    private volatile State state = new State(0, Map.of());

    public SourceSet(Collection<? extends Source> sources) {
        state = new State(1, byId(sources));
    }

    /** From now on exactly these; running queries keep what they have. */
    public synchronized void replace(Collection<? extends Source> sources) {
        state = new State(state.version() + 1, byId(sources));
    }

    private static Map<SourceId, Source> byId(Collection<? extends Source> sources) {
        Map<SourceId, Source> byId = new TreeMap<>();
        sources.forEach(source -> byId.put(source.id(), source));
        return Map.copyOf(byId);
    }

    /** Grows with every {@link #replace}. */
    public long version() {
        return state.version();
    }

    /** By id. */
    public List<Source> all() {
        return List.copyOf(new TreeMap<>(state.sources()).values());
    }

    /**
     * @throws QueryException OBJECT_NOT_FOUND with the nearest name
     */
    public Source get(SourceId id) {
        Map<SourceId, Source> sources = state.sources();
        Source source = sources.get(id);
        if (source != null) {
            return source;
        }
        List<String> names = sources.keySet().stream().map(SourceId::value).toList();
        String near = NearestName.to(id.value(), names)
                .map(n -> " Did you mean '" + n + "'?")
                .orElse("");
        throw new QueryException(ErrorCode.OBJECT_NOT_FOUND, "Source '" + id + "' is not configured." + near);
    }
}
