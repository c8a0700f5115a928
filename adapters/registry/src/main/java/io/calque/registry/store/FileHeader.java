package io.calque.registry.store;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Finds files that were cut short before SQLite touches them: SQLite takes one of a few bytes for a new database, and misses a
 * lost end until it needs it. Stateless.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">the file format</a>
 */
final class FileHeader {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SMALLEST_PAGE = 512;
    private static final int LENGTH = 100;
    private static final int PAGE_SIZE = 16;
    private static final int PAGES = 28;

    private FileHeader() {}

    /**
     * @throws QueryException REGISTRY_FAILED for a file that is shorter than its header says
     */
    static void check(Path file, String location) {
        try {
            if (!Files.exists(file) || Files.size(file) == 0 || hasJournal(file)) {
                // Whoever killed a process in the middle of its work left the rest in the journal.
                return;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                ByteBuffer header = ByteBuffer.allocate(LENGTH);
                while (header.hasRemaining() && channel.read(header) >= 0) {}
                if (!isSqlite(header) && channel.size() >= SMALLEST_PAGE) {
                    // SQLite itself says so; of a shorter file it would make a new database.
                    return;
                }
                boolean whole = !header.hasRemaining() && channel.size() >= expected(header);
                if (!whole) {
                    throw new QueryException(
                            ErrorCode.REGISTRY_FAILED,
                            "The schema registry " + location
                                    + " was cut short; it is left as it is. Restore a copy, or"
                                    + " move it away and introspect again (views and overrides are lost then)");
                }
            }
        } catch (IOException e) {
            throw new QueryException(
                    ErrorCode.REGISTRY_FAILED,
                    "The schema registry " + location + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static boolean hasJournal(Path file) throws IOException {
        for (String suffix : new String[] {"-wal", "-journal"}) {
            Path journal = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(journal) && Files.size(journal) > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSqlite(ByteBuffer header) {
        return header.position() >= MAGIC.length && Arrays.equals(Arrays.copyOf(header.array(), MAGIC.length), MAGIC);
    }

    private static long expected(ByteBuffer header) {
        int pageSize = Short.toUnsignedInt(header.getShort(PAGE_SIZE));
        return (pageSize == 1 ? 65_536L : pageSize) * Integer.toUnsignedLong(header.getInt(PAGES));
    }
}
