package io.calque.app.shell;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Text for the screen: written at once when it fits, handed to {@code $PAGER} or {@code less} when it does not. Single-threaded.
 */
final class Pager extends Writer {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final StringBuilder held = new StringBuilder();
    private int heldLines;
    private @Nullable Process process;
    private @Nullable Writer paged;
    private boolean direct;

    Pager(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
        this.direct = terminal.getType().startsWith(Terminal.TYPE_DUMB) || terminal.getHeight() <= 0;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        if (paged != null) {
            paged.write(text, offset, length);
            return;
        }
        if (direct) {
            terminal.writer().write(text, offset, length);
            return;
        }
        held.append(text, offset, length);
        for (int i = offset; i < offset + length; i++) {
            heldLines += text[i] == '\n' ? 1 : 0;
        }
        if (heldLines >= terminal.getHeight() - 1) {
            startPager();
        }
    }

    private void startPager() throws IOException {
        Optional<List<String>> command = command();
        direct = command.isEmpty();
        if (command.isPresent()) {
            terminal.flush();
            process = new ProcessBuilder(command.get())
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            paged = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        }
        String text = held.toString();
        held.setLength(0);
        write(text);
    }

    private Optional<List<String>> command() {
        String named = environment.getOrDefault("PAGER", "");
        if (!named.isBlank()) {
            return Optional.of(List.of("sh", "-c", named));
        }
        boolean less = Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "less")));
        return less ? Optional.of(List.of("less", "-RS")) : Optional.empty();
    }

    @Override
    public void flush() throws IOException {
        if (paged != null) {
            paged.flush();
            return;
        }
        terminal.flush();
    }

    /** Shows what is held, or waits until the person leaves the pager. */
    @Override
    public void close() throws IOException {
        terminal.writer().print(held);
        held.setLength(0);
        terminal.flush();
        if (process == null || paged == null) {
            return;
        }
        try {
            paged.close();
        } catch (IOException e) {
            // left before its end
        }
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
