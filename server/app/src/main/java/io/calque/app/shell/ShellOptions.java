package io.calque.app.shell;

import io.calque.app.format.OutputFormat;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a shell starts.
 *
 * @param format of answers, until {@code \format} changes it
 * @param fit whether tables are cut to the terminal's width
 * @param history where typed statements are kept; empty to forget them
 * @param directory what {@code \i} is relative to
 * @param environment for {@code PAGER}
 */
public record ShellOptions(
        OutputFormat format, Fit fit, Optional<Path> history, Path directory, Map<String, String> environment) {
    public ShellOptions {
        environment = Map.copyOf(environment);
    }

    /** What happens to tables wider than the terminal. */
    public enum Fit {
        TRUNCATE,
        KEEP
    }
}
