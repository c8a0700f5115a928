package io.calque.app.cli;

import io.calque.app.terminal.Invocation;
import picocli.CommandLine;

/** A subcommand that another module brings; found by {@code ServiceLoader} when that module is on the class path. */
public interface CommandExtension {
    /** The command, which returns an {@link ExitCode} and prints to the invocation's streams. */
    CommandLine command(Invocation invocation);
}
