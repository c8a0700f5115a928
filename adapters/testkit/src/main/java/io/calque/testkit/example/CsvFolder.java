package io.calque.testkit.example;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files are, and how messages name them. Immutable.
 *
 * @param path holds a file {@code <table>.csv} for each table
 */
record CsvFolder(SourceId source, Path path, char delimiter) {
    static final String SCHEMA = "files";
    private static final String SUFFIX = ".csv";

    List<String> tables() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && name.length() > SUFFIX.length())
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unavailable("the folder cannot be listed", e);
        }
    }

    CsvReader open(String table) {
        Path file = path.resolve(table + SUFFIX);
        try {
            return new CsvReader(Files.newBufferedReader(file, StandardCharsets.UTF_8), delimiter);
        } catch (IOException e) {
            throw new QueryException(ErrorCode.SOURCE_CHANGED, "Source '" + source + "' lost its file " + file, e);
        }
    }

    QueryException unavailable(String problem, @Nullable Throwable cause) {
        return new QueryException(
                ErrorCode.SOURCE_UNAVAILABLE, "Source '" + source + "' cannot read " + path + ": " + problem, cause);
    }
}
