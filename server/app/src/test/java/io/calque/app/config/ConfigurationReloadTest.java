package io.calque.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationReloadTest {
    private final ConfigurationReader reader = new ConfigurationReader(new TreeSet<>(List.of("sqlite")), Map.of());
    private final List<SourceChanges> applied = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path file;
    private ConfigurationReload reload;

    @BeforeEach
    void startWithTwoSources() throws IOException {
        file = directory.resolve("calque.yaml");
        write("sources: {a: {kind: sqlite, url: 'jdbc:sqlite:/a'}, b: {kind: sqlite, url: 'jdbc:sqlite:/b'}}");
        reload = new ConfigurationReload(reader, reader.read(file), applied::add, reports::add);
    }

    @Test
    void appliesWhatChanged() throws IOException {
        write("sources: {b: {kind: sqlite, url: 'jdbc:sqlite:/elsewhere'}, c: {kind: sqlite, url: 'jdbc:sqlite:/c'}}");

        reload.reloadIfChanged();

        assertThat(applied).hasSize(1);
        assertThat(applied.get(0).removed()).containsExactly(new SourceId("a"));
        assertThat(reports).containsExactly("Configuration read again: added c; changed b; removed a");
    }

    @Test
    void doesNothingWhileTheFileIsTheSame() {
        reload.reloadIfChanged();

        assertThat(applied).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void keepsTheOldConfigurationWhenTheFileIsBroken() throws IOException {
        write("sources: {a: {kind: sqlite");
        reload.reloadIfChanged();
        assertThat(applied).isEmpty();
        assertThat(reports.get(0))
                .startsWith("The old configuration stays in force: ")
                .contains("not valid YAML");

        write("sources: {a: {kind: sqlite, url: 'jdbc:sqlite:/a'}}");
        reload.reloadIfChanged();
        assertThat(reports.get(1)).isEqualTo("Configuration read again: removed b");
    }

    @Test
    void saysWhatNeedsARestart() throws IOException {
        write(
                "server: {port: 1}\nsources: {a: {kind: sqlite, url: 'jdbc:sqlite:/a'}, b: {kind: sqlite, url: 'jdbc:sqlite:/b'}}");

        reload.reload();

        assertThat(applied).isEmpty();
        assertThat(reports.get(0)).contains("no source changed").contains("after a restart");
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file, yaml);
    }
}
