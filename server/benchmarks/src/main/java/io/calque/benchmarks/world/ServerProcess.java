package io.calque.benchmarks.world;

import io.calque.app.Main;
import io.calque.spi.source.SourceConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code calque serve} as a process of its own, as users start it. Belongs to one thread. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Calque is listening: (\\S+)");
    private static final String PASSWORD = "CALQUE_BENCH_PASSWORD_";

    private final Process process;
    private final BufferedReader told;
    private final String url;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.told = process.inputReader(StandardCharsets.UTF_8);
        this.url = listening();
    }

    /** A configuration file for these sources in this directory, with the registry beside it; returns the file. */
    public static Path configure(List<SourceConfig> sources, Path directory) {
        StringBuilder yaml = new StringBuilder("sources:\n");
        for (SourceConfig source : sources) {
            yaml.append("  ").append(source.id()).append(":\n    kind: ").append(source.kind());
            yaml.append("\n    url: \"").append(source.url()).append("\"\n");
            source.user().ifPresent(user -> yaml.append("    user: \"").append(user));
            source.user()
                    .ifPresent(user -> yaml.append("\"\n    password: ${env:")
                            .append(PASSWORD)
                            .append(source.id())
                            .append("}\n"));
        }
        try {
            return Files.writeString(directory.resolve("calque.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration cannot be written", e);
        }
    }

    /** Starts a server on any free port and waits until it listens. */
    public static ServerProcess start(Path config, List<SourceConfig> sources) {
        ProcessBuilder builder = java(List.of("serve", "--port", "0", "--config", config.toString()));
        sources.forEach(source -> source.password()
                .ifPresent(password -> builder.environment().put(PASSWORD + source.id(), password.reveal())));
        try {
            Process process = builder.start();
            try {
                return new ServerProcess(process);
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The server cannot be started", e);
        }
    }

    /** Starts the program only for its version, and waits for its end: what a start takes at the least. */
    public static void startAndEnd() {
        try {
            Process process = java(List.of("--version")).start();
            process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {});
            if (process.waitFor() != 0) {
                throw new IllegalStateException("The program does not start");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The program cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** As this process was started: the same Java, class path and archive of classes. */
    private static ProcessBuilder java(List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-Xlog") || option.contains("Shared") || option.startsWith("-Xsh"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private String listening() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            Matcher found = LISTENING.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
            lines.add(line);
        }
        throw new IllegalStateException("The server ended before it listened:\n" + String.join("\n", lines));
    }

    /** What a JDBC client connects with. */
    public String url() {
        return url;
    }

    /** Lets so much time pass, in which the server must not end. */
    public void leaveAlone(Duration time) {
        try {
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The server ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The processor's time so far, of all its threads. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends the process and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            told.close();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
