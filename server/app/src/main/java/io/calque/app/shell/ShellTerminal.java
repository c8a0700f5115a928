package io.calque.app.shell;

import io.calque.app.terminal.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;

/** The terminal of a shell and the files that belong to it. Single-threaded. */
public record ShellTerminal(Terminal terminal, boolean interactive) implements AutoCloseable {
    /** The process's own terminal, or its streams when nobody sits before it. */
    public static ShellTerminal open(Invocation invocation) throws IOException {
        boolean interactive =
                invocation.terminals().in() && invocation.terminals().out();
        // the provider that needs no native library, which would have to be unpacked into the temporary directory
        Terminal terminal = interactive
                ? TerminalBuilder.builder()
                        .name("calque")
                        .system(true)
                        .provider("exec")
                        .dumb(true)
                        .build()
                : new DumbTerminal(
                        "calque",
                        Terminal.TYPE_DUMB,
                        InputStream.nullInputStream(),
                        System.out,
                        StandardCharsets.UTF_8);
        return new ShellTerminal(terminal, interactive);
    }

    /** {@code CALQUE_HISTORY}, else {@code ~/.calque/history}; nothing when nobody types. */
    public static Optional<Path> history(Invocation invocation) {
        if (!invocation.terminals().in()) {
            return Optional.empty();
        }
        String named = invocation.environment().getOrDefault("CALQUE_HISTORY", "");
        Path home = Path.of(System.getProperty("user.home", "."));
        return Optional.of(named.isEmpty() ? home.resolve(".calque").resolve("history") : Path.of(named));
    }

    /** Says something before the first prompt. */
    public void greet(String line) {
        terminal.writer().println(line);
        terminal.flush();
    }

    /** Where failures are told: among the answers on a screen, on stderr otherwise. */
    public Consumer<String> failures(Invocation invocation) {
        return interactive ? terminal.writer()::println : invocation.error()::println;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
