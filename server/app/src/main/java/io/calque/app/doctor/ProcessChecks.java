package io.calque.app.doctor;

import io.calque.app.config.ServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this process needs of its machine. Stateless. */
public final class ProcessChecks {
    private static final int OLDEST_JAVA = 17;
    private static final long LEAST_HEAP = 256L << 20;

    private ProcessChecks() {}

    /** Java's version and memory. */
    public static List<Finding> java(int feature, long maxHeap) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                feature >= OLDEST_JAVA
                        ? Finding.ok("java", "Java " + feature)
                        : Finding.error(
                                "java",
                                "Java " + feature + " is too old",
                                "Install Java " + OLDEST_JAVA + " or later and set JAVA_HOME"));
        findings.add(
                maxHeap >= LEAST_HEAP
                        ? Finding.ok("memory", "up to " + (maxHeap >> 20) + " MB of heap")
                        : Finding.warning(
                                "memory",
                                "only " + (maxHeap >> 20) + " MB of heap",
                                "Give more with CALQUE_JAVA_OPTS=-Xmx1g; queries that hold many rows will be refused"));
        return findings;
    }

    /** Whether files can be made in the temporary directory. */
    public static List<Finding> temporaryDirectory(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, "calque", ".doctor"));
            return List.of(Finding.ok("temporary directory", directory + " can be written"));
        } catch (IOException e) {
            return List.of(
                    Finding.error(
                            "temporary directory",
                            directory + " cannot be written: " + e,
                            "Name another one with CALQUE_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY; SQLite's library is unpacked there"));
        }
    }

    /** Whether the server's port can be had. */
    public static List<Finding> port(ServerSettings settings) {
        String address = settings.host() + ":" + settings.port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
            return List.of(Finding.ok("port", address + " is free"));
        } catch (IOException e) {
            return List.of(Finding.warning(
                    "port",
                    address + " cannot be had: " + e.getMessage(),
                    "If that is not 'calque serve' running already, set server.port, or serve with --port"));
        }
    }
}
