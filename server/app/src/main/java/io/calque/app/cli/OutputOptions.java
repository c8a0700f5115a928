package io.calque.app.cli;

import io.calque.app.format.OutputFormat;
import io.calque.app.shell.ShellOptions;
import io.calque.app.terminal.Invocation;
import picocli.CommandLine.Option;

/** How a command writes its rows. */
final class OutputOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv, json, jsonl or markdown (default: table).")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--no-truncate", description = "Keep values whole in tables wider than the terminal.")
    private boolean whole;

    OutputFormat format() {
        return format;
    }

    ShellOptions.Fit fit() {
        return whole ? ShellOptions.Fit.KEEP : ShellOptions.Fit.TRUNCATE;
    }

    int width(Invocation.Terminals terminals) {
        return whole || !terminals.out() ? 0 : terminals.columns();
    }
}
