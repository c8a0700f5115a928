package io.calque.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code calque} in a house of cardboard, with a Java and a Maven that only write down how they were called. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
    @TempDir
    private Path directory;

    private Path root;
    private Path javaHome;
    private Path bin;

    @BeforeEach
    void buildHouse() throws IOException {
        root = directory.resolve("a house");
        javaHome = directory.resolve("jdk");
        bin = Files.createDirectories(directory.resolve("bin"));
        Path script = Path.of(System.getProperty("calque.root", "../..")).resolve("calque");
        Path sources = Files.createDirectories(root.resolve("server/app/src/main/java"));
        Files.writeString(sources.resolve("Main.java"), "");
        for (String module : List.of("driver", "adapters", "planner-rules", "nl2plan")) {
            Files.createDirectories(root.resolve(module));
        }
        Files.writeString(root.resolve("pom.xml"), "");
        Files.copy(script, root.resolve("calque"));
        executable(root.resolve("calque"));
        javaOf("17.0.1");
        program(javaHome.resolve("bin/javac"), "");
        program(bin.resolve("mvn"), """
                echo "mvn $*" >> "$LOG"
                echo "noise of the build"
                mkdir -p server/app/target/lib
                touch server/app/target/calque-app-1.jar server/app/target/lib/b.jar server/app/target/lib/a.jar
                """);
    }

    @Test
    void buildsOnceThenOnlyRuns() throws Exception {
        Ended first = run(Map.of(), "sql", "select 'a b'");
        assertThat(first.code()).isEqualTo(7);
        assertThat(first.out()).isEqualTo("ran\n");
        assertThat(first.error()).contains("building Calque (first run) ...").contains("noise of the build");

        Ended second = run(Map.of(), "sql", "select 1");
        assertThat(second.error()).isEmpty();
        assertThat(log().stream().filter(line -> line.startsWith("mvn"))).hasSize(1);
        assertThat(log().get(2))
                .contains("calque-app-1.jar:")
                .contains("lib/a.jar:")
                .endsWith("io.calque.app.Main [sql] [select 'a b']");
        assertThat(log().get(2)).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        run(Map.of(), "version");
        Path source = root.resolve("server/app/src/main/java/Main.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run(Map.of(), "version").error()).contains("building Calque ...");
    }

    @Test
    void runsThroughSymlinksFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(bin.resolve("link"), root.resolve("calque"));
        Path second = Files.createSymbolicLink(directory.resolve("calque"), Path.of("bin/link"));

        assertThat(link).exists();
        assertThat(run(second, Map.of(), "version").out()).isEqualTo("ran\n");
    }

    @Test
    void keepsAnArchiveAndLivesWithoutOne() throws Exception {
        run(Map.of("ARCHIVES", "no"), "version");
        run(Map.of("ARCHIVES", "no"), "version");
        assertThat(log().stream().filter(line -> line.contains("rehearse"))).hasSize(1);
        assertThat(log()).noneMatch(line -> line.contains("SharedArchiveFile"));

        Files.delete(root.resolve("server/app/target/calque.jsa"));
        run(Map.of(), "version");
        assertThat(log().get(log().size() - 1)).contains("-XX:SharedArchiveFile=" + root.toRealPath());
    }

    @Test
    void givesServersTheOptimizingCompiler() throws Exception {
        run(Map.of(), "serve");

        assertThat(log().get(log().size() - 1))
                .doesNotContain("TieredStopAtLevel")
                .endsWith("[serve]");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", "/nowhere"), "version").error())
                .contains("JAVA_HOME is /nowhere, where there is no bin/java");
        javaOf("11.0.2");
        assertThat(run(Map.of(), "version").error()).contains("is Java 11. A JDK 17 or newer is needed");
        javaOf("17");
        Files.writeString(bin.resolve("mvn"), "#!/bin/sh\nexit 1\n");
        Ended failed = run(Map.of(), "version");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.error()).contains("the build failed");
        assertThat(failed.out()).isEmpty();
    }

    private void javaOf(String version) throws IOException {
        program(javaHome.resolve("bin/java"), """
                line="java"
                while [ $# -gt 0 ] && [ "$1" != io.calque.app.Main ]; do
                  case $1 in -XX:ArchiveClassesAtExit=*) [ "${ARCHIVES:-}" = no ] || echo x > "${1#*=}" ;; esac
                  line="$line $1"; shift
                done
                line="$line $1"; shift
                for word in "$@"; do line="$line [$word]"; done
                echo "$line" >> "$LOG"
                echo ran
                [ "${1:-}" != sql ] || exit 7
                """);
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private static void program(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + body);
        executable(file);
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("log"));
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        return run(root.resolve("calque"), environment, arguments);
    }

    private Ended run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path error = directory.resolve("error");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(error.toFile());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("LOG", directory.resolve("log").toString());
        builder.environment().remove("CALQUE_JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(error, StandardCharsets.UTF_8));
    }

    private record Ended(int code, String out, String error) {}
}
