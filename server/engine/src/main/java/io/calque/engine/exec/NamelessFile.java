package io.calque.engine.exec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens temporary files that have no name where the system allows it, so that they are gone even when the process is killed. Where it does not,
 * they are deleted when closed, and what a killed process left when another starts. Stateless.
 */
final class NamelessFile {
    private static final Logger LOG = LoggerFactory.getLogger(NamelessFile.class);
    private static final String PREFIX = "calque-spool-";
    private static final String SUFFIX = ".tmp";

    private NamelessFile() {}

    static FileChannel open(Path directory) throws IOException {
        Files.createDirectories(directory);
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        Path path = Files.createTempFile(directory, prefix, SUFFIX);
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            Files.delete(path);
        } catch (IOException e) {
            LOG.debug("spool file keeps its name until it is closed path={}", path);
        }
        return file;
    }

    /** Deletes what processes that are no more have left. */
    static void deleteLeftovers(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (isLeft(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                    LOG.info("deleted a spool file that another process left path={}", file);
                }
            }
        } catch (IOException e) {
            LOG.warn("left spool files cannot be deleted directory={} reason={}", directory, e.getMessage());
        }
    }

    private static boolean isLeft(String name) {
        String owner = name.substring(PREFIX.length()).split("-", 2)[0];
        return owner.chars().allMatch(Character::isDigit)
                && !owner.isEmpty()
                && owner.length() < 19
                && ProcessHandle.of(Long.parseLong(owner)).isEmpty();
    }
}
