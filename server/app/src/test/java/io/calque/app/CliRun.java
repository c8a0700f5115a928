package io.calque.app;

import io.calque.app.cli.Cli;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** How a command of the command line ended, run in this process without a terminal. */
record CliRun(int code, String out, String error) {
    static CliRun in(Path directory, String... arguments) {
        return in(directory, Map.of(), List.of(arguments));
    }

    static CliRun in(Path directory, Map<String, String> environment, List<String> arguments) {
        return in(directory, InputStream.nullInputStream(), environment, arguments);
    }

    /** With something to read from the standard input. */
    static CliRun given(String input, Path directory, String... arguments) {
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return in(directory, in, Map.of(), List.of(arguments));
    }

    private static CliRun in(Path directory, InputStream in, Map<String, String> environment, List<String> arguments) {
        StringWriter out = new StringWriter();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Invocation invocation = new Invocation(
                in,
                out,
                new PrintStream(error, true, StandardCharsets.UTF_8),
                Invocation.Terminals.NONE,
                new Interruption(),
                environment,
                directory);
        int code = new Cli(invocation, new Main(Clock.systemUTC())).run(arguments);
        return new CliRun(code, out.toString(), error.toString(StandardCharsets.UTF_8));
    }
}
