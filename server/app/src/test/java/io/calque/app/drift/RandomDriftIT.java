package io.calque.app.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.OpenDeployment;
import io.calque.app.config.ConfigurationReader;
import io.calque.registry.store.RecordedChange;
import io.calque.testkit.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes of three databases: each must be found and typed rightly, and the views that it breaks must be those, and no others,
 * that can really no longer be planned. All 300 with {@code -Dcalque.full=true}, else the first 40 of the same seed.
 */
final class RandomDriftIT {
    private static final long SEED = 20_250_101;
    private static final int VIEWS = 24;

    @TempDir
    private Path directory;

    @Test
    void findsEveryChangeAndEveryViewThatItBreaks() throws Exception {
        int count = Boolean.getBoolean("calque.full") ? 300 : 40;
        Draw draw = new Draw(SEED);
        List<ChangingSource> sources = List.of(
                new ChangingPostgres(TestServers.newPostgresDatabase(), draw),
                new ChangingMongo(TestServers.newMongoDatabase(), draw),
                new ChangingSqlite(TestServers.newSqliteFile(), draw));
        Path file = directory.resolve("calque.yaml");
        Files.writeString(
                file,
                "sources:\n" + sources.stream().map(s -> "  " + s.yaml() + "\n").collect(Collectors.joining()));
        SortedSet<String> kinds = new TreeSet<>(List.of("postgresql", "mongodb", "sqlite"));
        List<String> misses = new ArrayList<>();
        SortedMap<String, Integer> tally = new TreeMap<>();
        int broken = 0;
        try (OpenDeployment calque = OpenDeployment.of(new ConfigurationReader(kinds, Map.of()).read(file))) {
            RandomViews views = new RandomViews(calque, draw);
            for (int i = 1; i <= count; i++) {
                views.fill(VIEWS);
                SortedMap<String, Optional<List<String>>> before = views.planned();
                long version = calque.catalog().version();
                Expected expected = change(draw.of(sources), calque);
                calque.introspect(List.of(expected.table().source()));
                List<RecordedChange> changes = calque.deployment().changesAfter(version);
                SortedMap<String, Optional<List<String>>> after = views.planned();

                tally.merge(expected.table().source() + " " + expected.kind(), 1, Integer::sum);
                if (changes.stream().noneMatch(expected::matches)) {
                    misses.add(i + ": not found: " + expected + " in " + said(changes));
                }
                strangers(expected, changes).forEach(c -> misses.add("elsewhere: " + c + " after " + expected));
                SortedSet<String> fails = new TreeSet<>();
                SortedSet<String> differs = new TreeSet<>();
                before.forEach((view, columns) -> {
                    Optional<List<String>> now = after.getOrDefault(view, Optional.empty());
                    if (columns.isPresent() && now.isEmpty()) {
                        fails.add(view);
                    } else if (!columns.equals(now)) {
                        differs.add(view);
                    }
                });
                compare(misses, i + ": broken after " + expected, fails, named(changes, "view_broken"));
                compare(misses, i + ": retyped after " + expected, differs, named(changes, "view_retyped"));
                changes.stream()
                        .filter(c -> c.kind().equals("view_broken")
                                && !c.description().contains(" because "))
                        .forEach(c -> misses.add("no cause: " + c.description() + " after " + expected));
                broken += fails.size();
                fails.forEach(views::drop);
            }
        } finally {
            for (ChangingSource source : sources) {
                source.close();
            }
        }
        System.out.println(
                "drift: " + count + " changes, " + broken + " views broken, " + misses.size() + " misses; " + tally);
        assertThat(misses).isEmpty();
    }

    private static Expected change(ChangingSource source, OpenDeployment calque) throws Exception {
        Optional<Expected> made = source.change(calque.catalog());
        while (made.isEmpty()) {
            made = source.change(calque.catalog());
        }
        return made.get();
    }

    /** Changes of tables that have nothing to do with the one that was changed. */
    private static List<String> strangers(Expected expected, List<RecordedChange> changes) {
        String table = expected.table().table();
        return changes.stream()
                .filter(c -> c.table().isPresent() && !c.kind().startsWith("foreign_key"))
                .filter(c -> !c.table().get().equals(table)
                        && !c.table().get().startsWith(table + ".")
                        && !expected.words().contains(c.table().get())
                        && !(expected.words().contains("former")
                                && c.table().get().contains(".")))
                .map(c -> c.kind() + " " + c.table().get() + ": " + c.description())
                .toList();
    }

    private static SortedSet<String> named(List<RecordedChange> changes, String kind) {
        return changes.stream()
                .filter(c -> c.kind().equals(kind))
                .map(c -> c.object().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void compare(List<String> misses, String what, SortedSet<String> really, SortedSet<String> named) {
        if (!really.equals(named)) {
            misses.add(what + ": really " + really + ", named " + named);
        }
    }

    private static List<String> said(List<RecordedChange> changes) {
        return changes.stream().map(c -> c.kind() + " " + c.description()).toList();
    }
}
