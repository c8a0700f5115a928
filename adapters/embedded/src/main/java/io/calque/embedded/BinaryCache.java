package io.calque.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory where PostgreSQL's programs are unpacked once and found again by later runs:
 * {@code $XDG_CACHE_HOME/calque/postgresql}, by default below {@code ~/.cache}. Unpacking takes several seconds, so it
 * is not repeated for each start; the directory can be deleted at any time when no server runs.
 */
final class BinaryCache {
    private static final Logger log = LoggerFactory.getLogger(BinaryCache.class);

    /** Read by the library that unpacks the programs; without it, it leaves an empty directory in the temporary one. */
    private static final String LIBRARY_PROPERTY = "ot.epg.working-dir";

    private BinaryCache() {}

    /** Points the library at the cache, unless the user has pointed it elsewhere. Returns the directory in use. */
    static synchronized Path use() {
        String chosen = System.getProperty(LIBRARY_PROPERTY);
        if (chosen != null) {
            return Path.of(chosen);
        }
        Path directory = writableDirectory();
        System.setProperty(LIBRARY_PROPERTY, directory.toString());
        return directory;
    }

    private static Path writableDirectory() {
        Path preferred = home().resolve("calque").resolve("postgresql");
        try {
            Files.createDirectories(preferred);
            if (Files.isWritable(preferred)) {
                return preferred;
            }
            log.debug("cache directory={} is not writable, unpacking into a temporary one", preferred);
        } catch (IOException e) {
            log.debug("cache directory={} cannot be created, unpacking into a temporary one", preferred, e);
        }
        TemporaryDirectory temporary = TemporaryDirectory.create("postgresql-programs");
        // A hook that runs beside the server's own: it only has to come after the server has stopped, and deleting
        // programs that still run is harmless on the systems where this happens.
        ExitHook.register("calque-programs-cleaner", temporary, temporary::delete);
        return temporary.path();
    }

    private static Path home() {
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        return cacheHome == null || cacheHome.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cacheHome);
    }
}
