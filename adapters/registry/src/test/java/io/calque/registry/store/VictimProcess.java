package io.calque.registry.store;

import io.calque.registry.FakeSource;
import io.calque.registry.SampleTables;
import io.calque.registry.annotate.AnnotationEdit;
import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Works on registries until somebody kills it. */
final class VictimProcess {
    static final SourceId SOURCE = new SourceId("victim");
    static final Target OWNED = Target.of(SOURCE);
    static final int TABLES = 200;

    private VictimProcess() {}

    /** Every table of an even round has {@code 5} columns, of an odd one {@code 8}; so have the enum's labels. */
    static Observation observation(int round) {
        int columns = round % 2 == 0 ? 5 : 8;
        List<TableDescriptor> tables = SampleTables.many(SOURCE, TABLES, columns).stream()
                .map(t -> t.withStatistics(TableStatistics.UNKNOWN))
                .toList();
        UserTypeDescriptor type = UserTypeDescriptor.enumeration(
                SOURCE,
                "public",
                "size",
                SampleTables.many(SOURCE, 1, columns).get(0).columns().stream()
                        .map(c -> c.name())
                        .toList());
        return new Observation(columns == 5 ? "five" : "eight", tables, List.of(type), List.of());
    }

    /** As {@link #observation}, with the figures that measuring gives. */
    static TableStatistics statistics(TableDescriptor table) {
        return SampleTables.many(SOURCE, 1, table.columns().size()).get(0).statistics();
    }

    /** Starts one that is at work when this returns; the caller kills it. */
    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                VictimProcess.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null && !line.equals("ready"); line = output.readLine()) {
            said.add(line);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("the process ended: " + said);
        }
        return process;
    }

    public static void main(String[] arguments) throws Exception {
        boolean migrating = arguments[0].equals("migrate");
        // Everything is loaded and warm before the parent starts to count.
        introspect(":memory:", 1);
        if (migrating) {
            migrateOnce(Path.of(arguments[1]), Path.of(arguments[2] + ".warm"));
        }
        System.out.println("ready");
        if (migrating) {
            for (int round = 0; ; round++) {
                migrateOnce(Path.of(arguments[1]), Path.of(arguments[2] + "." + round));
            }
        }
        introspect(arguments[1], Integer.MAX_VALUE);
    }

    private static void migrateOnce(Path old, Path file) throws IOException, SQLException {
        Path arriving = file.resolveSibling(file.getFileName() + ".arriving");
        Files.copy(old, arriving, StandardCopyOption.REPLACE_EXISTING);
        Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Migrations.apply(connection, "victim");
        }
    }

    private static void introspect(String file, int rounds) {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (Registry registry = file.equals(":memory:")
                ? Registry.inMemory(Clock.systemUTC())
                : Registry.open(Path.of(file), Clock.systemUTC())) {
            FakeSource source = new FakeSource(SOURCE.value());
            source.statistics = VictimProcess::statistics;
            IntrospectionService service = new IntrospectionService(
                    registry,
                    executor,
                    Clock.systemUTC(),
                    IntrospectionOptions.DEFAULT.withStatisticsAge(Duration.ZERO));
            for (int round = 0; round < rounds; round++) {
                int now = round;
                source.observation = () -> observation(now);
                service.introspect(List.of(source), Progress.SILENT);
                annotate(registry, now);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void annotate(Registry registry, int round) {
        String owner = "owner " + round;
        registry.current().annotations().stream()
                .findFirst()
                .ifPresentOrElse(
                        a -> registry.annotate(AnnotationEdit.replace(a, owner, "victim")),
                        () -> registry.annotate(AnnotationEdit.set(OWNED, Aspect.OWNER, owner, "victim")));
    }
}
