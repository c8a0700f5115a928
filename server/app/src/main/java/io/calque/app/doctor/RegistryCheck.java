package io.calque.app.doctor;

import io.calque.registry.store.RegistryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The registry's file: there, whole, of our layout, writable, with room to grow. */
public record RegistryCheck(Path file) implements Check {
    private static final String SUBJECT = "registry";
    private static final long LEAST_SPACE = 100L << 20;

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Path directory = nearestDirectory();
        if (!Files.exists(file)) {
            findings.add(
                    Files.isWritable(directory)
                            ? Finding.ok(SUBJECT, "'" + file + "' is not there yet; it is made at the first use")
                            : Finding.error(
                                    SUBJECT,
                                    "'" + file + "' cannot be made: " + directory + " is not writable",
                                    "Name a file elsewhere with 'registry:', or let this user write there"));
        } else if (!Files.isReadable(file) || !Files.isWritable(file) || !Files.isWritable(directory)) {
            findings.add(Finding.error(
                    SUBJECT,
                    "'" + file + "' or its directory is not readable and writable for this user",
                    "Let this user read and write the file and its directory"));
        } else {
            findings.add(content());
        }
        findings.addAll(space(directory));
        return findings;
    }

    private Finding content() {
        RegistryFile examined = RegistryFile.examine(file);
        String said = "'" + file + "': " + examined.words();
        return switch (examined.state()) {
            case WHOLE -> Finding.ok(SUBJECT, said);
            case OLDER_LAYOUT -> Finding.ok(SUBJECT, said + "; brought forward at the next use");
            case NEWER_LAYOUT -> Finding.error(SUBJECT, said, "Use a newer Calque, or name another registry file");
            case NOT_OURS ->
                Finding.error(SUBJECT, said, "Name another file with 'registry:'; this one is left as it is");
            case LOCKED -> Finding.warning(SUBJECT, said, "See which process holds it; try again");
            case DAMAGED ->
                Finding.error(
                        SUBJECT,
                        said,
                        "Restore a backup; or move the file away and introspect again: views and annotations are then"
                                + " lost, sources are not touched");
        };
    }

    private List<Finding> space(Path directory) {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            String said = (free >> 20) + " MB free on the registry's disk";
            return List.of(
                    free >= LEAST_SPACE
                            ? Finding.ok("disk", said)
                            : Finding.warning(
                                    "disk", said, "Make room: an introspection that finds the disk full is lost"));
        } catch (IOException e) {
            return List.of(Finding.warning("disk", "free space cannot be told: " + e.getMessage(), ""));
        }
    }

    private Path nearestDirectory() {
        Path directory = file.toAbsolutePath().getParent();
        while (directory != null && !Files.isDirectory(directory)) {
            directory = directory.getParent();
        }
        return directory == null ? Path.of("").toAbsolutePath() : directory;
    }
}
