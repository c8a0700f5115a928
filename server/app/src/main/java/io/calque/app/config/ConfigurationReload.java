package io.calque.app.config;

import io.calque.spi.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes over a changed {@code calque.yaml} while the server runs: sources come, go and change; everything else is said to
 * need a restart. A file that cannot be read leaves the old configuration in force. Thread-safe.
 */
public final class ConfigurationReload {
    private final ConfigurationReader reader;
    private final Consumer<SourceChanges> apply;
    private final Consumer<String> report;
    private Configuration current;
    private Stamp seen;

    /**
     * @param apply puts the changes into force
     * @param report hears, in a sentence, what a reload did or why it did nothing
     */
    public ConfigurationReload(
            ConfigurationReader reader, Configuration current, Consumer<SourceChanges> apply, Consumer<String> report) {
        this.reader = reader;
        this.current = current;
        this.apply = apply;
        this.report = report;
        this.seen = Stamp.of(current.origin());
    }

    /** Reloads when the file is not the one last seen; cheap otherwise. */
    public synchronized void reloadIfChanged() {
        if (!Stamp.of(current.origin()).equals(seen)) {
            reload();
        }
    }

    /** Reads the file now and puts what changed into force. */
    public synchronized void reload() {
        seen = Stamp.of(current.origin());
        try {
            Configuration next = reader.read(current.origin());
            SourceChanges changes = SourceChanges.between(current.sources(), next.sources());
            if (!changes.isEmpty()) {
                apply.accept(changes);
            }
            report.accept("Configuration read again: " + changes + needsRestart(next));
            current = next;
        } catch (QueryException e) {
            report.accept("The old configuration stays in force: " + e.getMessage());
        }
    }

    private String needsRestart(Configuration next) {
        boolean same = next.server().equals(current.server())
                && next.limits().equals(current.limits())
                && next.registry().equals(current.registry())
                && next.introspection().equals(current.introspection());
        return same ? "" : ". Changes of server, limits, registry or introspection take effect after a restart";
    }

    /** Tells one state of a file from another; a missing file is a state too. */
    private record Stamp(Optional<FileTime> modified, long size) {
        static Stamp of(Path file) {
            try {
                return new Stamp(Optional.of(Files.getLastModifiedTime(file)), Files.size(file));
            } catch (IOException e) {
                return new Stamp(Optional.empty(), 0);
            }
        }
    }
}
