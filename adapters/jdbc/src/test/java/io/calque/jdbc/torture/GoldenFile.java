package io.calque.jdbc.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that says what a test found when its author looked; {@code -Dgolden.update=true} writes it anew. */
public final class GoldenFile {
    private GoldenFile() {}

    /**
     * @param name of the file under {@code torture}
     */
    public static void check(String name, String found) throws IOException {
        Path file = Path.of("src/test/resources/torture", name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, found);
            return;
        }
        assertThat(found.lines()).as(name).containsExactlyElementsOf(Files.readAllLines(file));
    }
}
