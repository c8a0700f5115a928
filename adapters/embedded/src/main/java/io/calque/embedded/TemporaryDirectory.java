package io.calque.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory below the system's temporary one, readable by its owner only, with everything that comes into it. */
record TemporaryDirectory(Path path) {

    static TemporaryDirectory create(String purpose) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory("calque-" + purpose + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory can be created for " + purpose, e);
        }
    }

    /** Deletes the directory and all below it; does nothing when it is gone already. */
    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try {
            Files.walkFileTree(path, new DeleteEverything());
        } catch (IOException e) {
            throw new UncheckedIOException("Temporary directory " + path + " cannot be deleted", e);
        }
    }

    private static final class DeleteEverything extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
