package io.calque.testkit.example;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.nio.file.Files;
import java.nio.file.Path;

/** One folder. Thread-safe: it holds nothing open. */
final class CsvSource implements Source {
    private final SourceConfig config;
    private final CsvFolder folder;
    private final Capabilities capabilities = CsvCapabilities.create();

    CsvSource(SourceConfig config, Path path, char delimiter) {
        this.config = config;
        this.folder = new CsvFolder(config.id(), path, delimiter);
    }

    @Override
    public SourceId id() {
        return config.id();
    }

    @Override
    public String kind() {
        return CsvAdapter.KIND;
    }

    @Override
    public int permits() {
        return config.permits();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Introspector introspector() {
        return new CsvIntrospector(config, folder);
    }

    @Override
    public FragmentCompiler compiler() {
        return new CsvCompiler(config.id());
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED, "Source '" + config.id() + "' has no query language of its own");
    }

    // [doc: begin]
    @Override
    public ReadSession begin(ReadOptions options) {
        if (!Files.isDirectory(folder.path())) {
            throw folder.unavailable("there is no such folder", null);
        }
        return new CsvSession(folder, options);
    }
    // [end]

    @Override
    public void close() {
        // Sessions hold all that is open, and belong to their queries.
    }
}
