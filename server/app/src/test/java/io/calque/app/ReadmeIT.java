package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReader;
import io.calque.app.config.ServerSettings;
import io.calque.app.deployment.Deployment;
import io.calque.embedded.chinook.ChinookWorld;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what README.md says, on the sample instead of the reader's databases. */
final class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private final Main main = new Main(Clock.systemUTC());
    private final ChinookWorld world = TestServers.chinook();
    private final Map<String, String> environment = Map.of(
            "SALES_PASSWORD", world.sales().password(),
            "KEYSTORE_PASSWORD", "secret",
            "CALQUE_PASSWORD", "");

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void configureAsTheReadmeDoes() throws IOException {
        config = directory.resolve("calque.yaml");
        Files.writeString(
                config,
                blocks("yaml")
                        .get(0)
                        .replace(
                                "jdbc:postgresql://localhost:5432/sales",
                                world.sales().jdbcUrl())
                        .replace("user: reader", "user: " + world.sales().user())
                        .replace(
                                "mongodb://localhost:27017/music", world.music().connectionString())
                        .replace("jdbc:sqlite:office.db", world.office().jdbcUrl()));
        Files.writeString(directory.resolve("crm.password"), "secret");
    }

    @Test
    void readsEveryConfiguration() throws IOException {
        for (String yaml : blocks("yaml")) {
            Path file = Files.writeString(directory.resolve("example.yaml"), yaml);
            assertThat(new ConfigurationReader(main.kinds(), environment)
                            .read(file)
                            .sources())
                    .isNotEmpty();
        }
    }

    @Test
    void runsEveryCommand() throws IOException {
        Configuration configuration = new ConfigurationReader(main.kinds(), environment).read(config);
        try (Deployment deployment = main.open(configuration);
                Deployment.Endpoint endpoint = deployment.serve(ServerSettings.DEFAULT.withPort(0))) {
            List<String> commands = new ArrayList<>();
            for (String block : blocks("console")) {
                block.lines().filter(line -> line.startsWith("$ ./calque ")).forEach(commands::add);
            }
            assertThat(commands).hasSizeGreaterThan(8);
            for (String command : commands) {
                List<String> words = words(command.substring("$ ./calque ".length())
                        .replace("jdbc:calque://localhost:8765/", endpoint.jdbcUrl()));
                if (List.of("demo", "serve", "shell").contains(words.get(0))) {
                    // these stay; that they exist is what can be told here, DemoIT runs the demo
                    words = List.of("help", words.get(0));
                }
                assertRuns(words);
            }
        }
    }

    @Test
    void runsEveryQuery() throws IOException {
        for (String sql : blocks("sql")) {
            assertRuns(List.of("sql", sql));
        }
    }

    private void assertRuns(List<String> words) {
        CliRun ended = CliRun.in(directory, environment, words);

        assertThat(ended.code()).as("%s%n%s", words, ended.error()).isZero();
        assertThat(ended.out()).as(words.toString()).isNotBlank();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher matcher = WORD.matcher(line); matcher.find(); ) {
            String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            words.add(quoted != null ? quoted : matcher.group(3));
        }
        return words;
    }

    private static List<String> blocks(String language) throws IOException {
        Path readme = Path.of(System.getProperty("calque.root", "../..")).resolve("README.md");
        List<String> blocks = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(Files.readString(readme)); matcher.find(); ) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        assertThat(blocks).as("blocks of " + language).isNotEmpty();
        return blocks;
    }
}
